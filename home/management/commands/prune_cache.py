from django.core.cache import caches
from django.core.cache.backends.filebased import FileBasedCache
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = (
        "Delete expired entries from a file-based cache, which itself only deletes "
        "those that are requested again. Other caches do not need this."
    )

    def handle(self, **options):
        store = caches["store"]
        if not isinstance(store, FileBasedCache):
            return
        for name in store._list_cache_files():
            try:
                with open(name, "rb") as entry:  # noqa: PTH123
                    store._is_expired(entry)
            except FileNotFoundError:
                continue
            # Delete what cannot be read.
            except Exception:  # noqa: BLE001
                store._delete(name)

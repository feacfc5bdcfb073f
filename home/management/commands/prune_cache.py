from django.core.cache import caches
from django.core.cache.backends.filebased import FileBasedCache
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = (
        "Delete what has expired in a cache kept in files, which itself does so only"
        " for what is asked for again. Other caches need no such thing."
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
            # Whatever cannot be read is of no use to anybody.
            except Exception:  # noqa: BLE001
                store._delete(name)

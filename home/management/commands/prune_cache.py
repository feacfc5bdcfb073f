from django.core.cache import caches
from django.core.cache.backends.filebased import FileBasedCache
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = (
        "Delete expired entries from a file-based cache, which itself only deletes "
        "those that are requested again. Other caches do not need this."
    )

    def handle(self, **options):
        for alias in caches:
            if isinstance(caches[alias], FileBasedCache):
                self._prune(caches[alias])

    def _prune(self, store):
        for name in store._list_cache_files():
            try:
                with open(name, "rb") as entry:  # noqa: PTH123
                    store._is_expired(entry)
            except FileNotFoundError:
                continue
            # Delete what cannot be read.
            except Exception:  # noqa: BLE001
                store._delete(name)

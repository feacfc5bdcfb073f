"""Cached files that have expired are deleted, and no others."""

import time

from django.core.cache import caches
from django.core.management import call_command

from config.stores import cache_store


def test_expired_entries_leave_the_disk_and_others_stay(settings, tmp_path):
    settings.CACHES = {
        "default": settings.CACHES["default"],
        "store": cache_store(f"filecache://{tmp_path / 'cache'}"),
    }
    caches["store"].set("roster:1", "Anna Berg", 0.1)
    caches["store"].set("kept", "five", 60)
    (tmp_path / "cache" / "broken.djcache").write_bytes(b"rubbish")
    time.sleep(0.2)
    call_command("prune_cache")
    assert len(list((tmp_path / "cache").iterdir())) == 1
    assert caches["store"].get("kept") == "five"

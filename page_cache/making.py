"""A page that is missing is built once: others who ask for it wait for the first."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.core.cache import caches

from page_cache.content_version import ALIAS

# How long somebody waits for a page that another builds, before building it too.
PATIENCE = 2  # seconds
_LOOK_EVERY = 0.02  # seconds

# Key → what those wait for who want the same page in this process.
_being_built: dict[str, threading.Event] = {}


@contextmanager
def one_builder(key: str) -> Iterator[None]:
    """Wait until nobody else builds the page with this key, but no longer than PATIENCE.

    Whoever comes in looks first whether the page is there by now. Between processes
    a cache in files tells the second that comes almost always, Redis always.
    """
    mine = threading.Event()
    other = _being_built.setdefault(key, mine)
    if other is not mine:
        other.wait(PATIENCE)
        yield
        return
    try:
        with _one_process(f"{key}:being-built"):
            yield
    finally:
        del _being_built[key]
        mine.set()


@contextmanager
def _one_process(lock):
    is_first = caches[ALIAS].add(lock, "taken", PATIENCE)
    if not is_first:
        _wait_until_gone(lock)
    try:
        yield
    finally:
        if is_first:
            caches[ALIAS].delete(lock)


def _wait_until_gone(lock):
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and caches[ALIAS].has_key(lock):
        time.sleep(_LOOK_EVERY)

"""The content version: a random text that is another one whenever content changed.

It lies in the cache that all processes share. A page is kept under the version that
was read before the page was built, so that a page of before a change is never found
after it.
"""

import secrets
import threading
import time

from django.core.cache import caches

ALIAS = "pages"
# A net, should a change not have been seen: nothing that is kept is older.
LIFE = 5 * 60  # seconds
_KEY = "content-version"
_BEING_CHANGED = "being changed"
# How long at most nothing is kept if the process ends before it can say that its
# change is done, or if the change is rolled back.
_CHANGE_LASTS = 30  # seconds
# How long a process goes by the version that it read: to ask the cache takes a third of
# what a kept page takes. Other processes see a change so much later, and no more.
_KNOWN_FOR = 0.25  # seconds
_beginning = threading.Lock()
# Set while the cache has not taken the newest version: it is to be renewed once more.
_owed = threading.Event()


class _Known:
    """The version that this process read last, while it may go by it."""

    version: str | None = None
    until = 0.0


def recent_content_version() -> str | None:
    """Return the content version of at most a quarter of a second ago, or None.

    It is good for finding pages that are whole; what is built reads the newest. What this process itself changes is seen at once. What is built under an older
    version is never found under a newer one.
    """
    if _Known.version and time.monotonic() < _Known.until:
        return _Known.version
    until = time.monotonic() + _KNOWN_FOR
    _Known.version, _Known.until = read_content_version(), until
    return _Known.version


def forget_content_version() -> None:
    """Have the next request of this process ask the cache."""
    _Known.version = None


def read_content_version() -> str | None:
    """Return the content version; None while content is being changed.

    What is built then may be shown, and must not be kept.
    """
    if _owed.is_set():
        renew_content_version()
    version = caches[ALIAS].get(_KEY) or _begin()
    return None if version == _BEING_CHANGED else version


def _begin():
    """Return the version there is by now, or else the first one."""
    first = secrets.token_hex(8)
    # A cache in files may let two threads add.
    with _beginning:
        is_mine = caches[ALIAS].add(_KEY, first, timeout=None)
        return first if is_mine else caches[ALIAS].get(_KEY, first)


def renew_content_version() -> str:
    """Make all that was kept so far out of date; return the new version."""
    version = secrets.token_hex(8)
    caches[ALIAS].set(_KEY, version, timeout=None)
    forget_content_version()
    if caches[ALIAS].get(_KEY) == version:
        _owed.clear()
    else:
        _owed.set()
    return version


def close_content_version() -> None:
    """Have nothing kept until a change that begins now is done."""
    caches[ALIAS].set(_KEY, _BEING_CHANGED, timeout=_CHANGE_LASTS)
    forget_content_version()

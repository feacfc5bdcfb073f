"""The content version: a random text that is another one whenever content changed.

It lies in the cache that all processes share. A page is kept under the version that
was read before the page was built, so that a page of before a change is never found
after it.
"""

import secrets
import threading

from django.core.cache import caches

ALIAS = "pages"
# A net, should a change not have been seen: nothing that is kept is older.
LIFE = 5 * 60  # seconds
_KEY = "content-version"
_BEING_CHANGED = "being changed"
# How long at most nothing is kept if the process ends before it can say that its
# change is done, or if the change is rolled back.
_CHANGE_LASTS = 30  # seconds
_beginning = threading.Lock()
# Set while the cache has not taken the newest version: it is to be renewed once more.
_owed = threading.Event()


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
    if caches[ALIAS].get(_KEY) == version:
        _owed.clear()
    else:
        _owed.set()
    return version


def close_content_version() -> None:
    """Have nothing kept until a change that begins now is done."""
    caches[ALIAS].set(_KEY, _BEING_CHANGED, timeout=_CHANGE_LASTS)

"""What a process remembers of content, for as long as it stays as it is.

Learners' pages are built for each of them, out of parts that are the same for all:
where an address leads, who may read it, what the navigation says.
"""

import pickle
import time
from collections.abc import Callable, Hashable
from contextvars import ContextVar
from typing import Any, TypeVar

from page_cache.content_version import LIFE

T = TypeVar("T")

# A lesson takes some 50 kB.
_MOST = 200
# The content version of before this request read anything; None remembers nothing.
known_version: ContextVar[str | None] = ContextVar("known_version", default=None)


class _Memory:
    """Values by name, pickled so that no request changes what another gets."""

    def __init__(self):
        self._current = (("", 0.0), {})

    def values_of(self, version):
        """Return what is remembered under this version; all else is forgotten.

        As for pages, a short life is a net under changes that nobody saw.
        """
        age = (version, time.monotonic() // LIFE)
        known, values = self._current
        if known != age or len(values) > _MOST:
            values = {}
            self._current = (age, values)
        return values


_memory = _Memory()
_nothing: dict[Hashable, bytes] = {}


def recall_part(name: Hashable, build: Callable[[], T]) -> T:
    """Return what is remembered under the name, or what `build` returns now.

    Only what everybody gets may be built: it must depend on the name and on content.
    """
    known = _known()
    if name in known:
        return pickle.loads(known[name])  # noqa: S301 - this process wrote it
    built = build()
    remember_part(name, built)
    return built


def find_part(name: Hashable) -> Any:
    """Return a copy of what is remembered under the name, or None."""
    kept = _known().get(name)
    return kept and pickle.loads(kept)  # noqa: S301 - this process wrote it


def remember_part(name: Hashable, value: object) -> None:
    """Remember a copy of the value until content changes."""
    known = _known()
    if known is not _nothing:
        known[name] = pickle.dumps(value)


def _known():
    version = known_version.get()
    return _memory.values_of(version) if version else _nothing

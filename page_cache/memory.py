"""What a process remembers of content, for as long as it stays as it is.

Learners' pages are built for each of them, out of parts that are the same for all:
where an address leads, who may read it, what the navigation says.
"""

import pickle
import threading
import time
from collections.abc import Callable, Hashable
from contextvars import ContextVar
from functools import cached_property
from typing import Any, TypeVar

from django.conf import settings

from page_cache.content_version import LIFE, read_content_version

T = TypeVar("T")

# Some 200 kB for each lesson that is read.
_MOST = 24_000_000  # bytes
# The content version of before this request read anything; None remembers nothing.
known_version: ContextVar[str | None] = ContextVar("known_version", default=None)
# What any part may differ by: scheme, host, language and day of the request.
asked_for: ContextVar[tuple[str, ...]] = ContextVar("asked_for", default=())


class _Values:
    """Values by name, mostly pickled so that no request changes what another gets.

    When they take too many bytes, the oldest go.
    """

    def __init__(self, age=("", 0.0)):
        self.age = age
        self._size = 0
        self._kept: dict[Hashable, tuple[Any, int]] = {}
        self._writing = threading.Lock()

    def get(self, name):
        return self._kept.get(name, (None, 0))[0]

    def keep(self, name, value, size):
        with self._writing:
            self._forget(name)
            self._kept[name] = value, size
            self._size += size
            while self._size > _MOST:
                self._forget(next(iter(self._kept)))

    def _forget(self, name):
        _value, size = self._kept.pop(name, (None, 0))
        self._size -= size


class _Memory:
    def __init__(self):
        self._values = _Values()

    def values_of(self, version):
        """Return what is remembered under this version; all else is forgotten.

        As for pages, a short life is a net under changes that nobody saw.
        """
        age = (version, time.monotonic() // LIFE)
        values = self._values
        if values.age != age:
            values = self._values = _Values(age)
        return values


_memory = _Memory()


def recall_part(name: Hashable, build: Callable[[], T]) -> T:
    """Return what is remembered under the name, or what `build` returns now.

    Only what everybody gets may be built: it must depend on the name, on content, and
    on `asked_for`.
    """
    kept = _find(name)
    if kept is not None:
        return pickle.loads(kept)  # noqa: S301 - this process wrote it
    built = build()
    remember_part(name, built)
    return built


def recall_frozen_part(name: Hashable, build: Callable[[], T]) -> T:
    """Return the same object each time, instead of a copy, which takes longer.

    `build` must return what cannot be changed, such as a tuple of frozen dataclasses.
    """
    kept = _find(name)
    if kept is None:
        kept = build()
        version = known_version.get()
        if version:
            size = len(pickle.dumps(kept))
            _memory.values_of(version).keep((asked_for.get(), name), kept, size)
    return kept


def recall_page(version: str, name: str, find: Callable[[], T | None]) -> T | None:
    """Return a kept page without asking the cache, which takes longer for a long one.

    `find` asks the cache. Pages know themselves how long they are valid.
    """
    values = _memory.values_of(version)
    kept = values.get(name)
    if kept is None:
        kept = find()
        if kept is not None:
            values.keep(name, kept, len(pickle.dumps(kept)))
    return kept


def remembers_parts() -> bool:
    """Return whether parts are remembered during this request."""
    return bool(known_version.get())


def find_part(name: Hashable) -> Any:
    """Return a copy of what is remembered under the name, or None."""
    kept = _find(name)
    return kept and pickle.loads(kept)  # noqa: S301 - this process wrote it


def remember_part(name: Hashable, value: object) -> None:
    """Remember a copy of the value until content changes."""
    version = known_version.get()
    if version:
        pickled = pickle.dumps(value)
        values = _memory.values_of(version)
        values.keep((asked_for.get(), name), pickled, len(pickled))


def remember_while_showing() -> None:
    """Use the memory for the rest of a request that wrote and now shows a page."""
    if settings.KEEPS_PAGES:
        known_version.set(read_content_version())


def _find(name):
    version = known_version.get()
    if not version:
        return None
    return _memory.values_of(version).get((asked_for.get(), name))


class LatePart:
    """A part that is looked up when something asks for what it holds."""

    def __init__(self, name: Hashable, build: Callable[[], Any]):
        self.name, self._build = name, build

    @cached_property
    def _built(self):
        return recall_part(self.name, self._build)

    def __getattr__(self, attribute: str) -> Any:
        return getattr(self._built, attribute)

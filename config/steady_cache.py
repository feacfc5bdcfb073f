"""A cache without which pages live on: Django's own backends pass every error on.

What is counted against guessing is counted behind `add`: where that cannot be done,
`CannotCount` is raised, so that locks stay shut, and the middleware says it in words.
"""

import logging
import time

from django.core.cache import caches
from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from django.shortcuts import render

logger = logging.getLogger(__name__)

# A server that is silent must not hold up every page at each of its questions.
REST = 5  # seconds
_rests_until: dict[str, float] = {}


class CannotCount(Exception):
    """The store does not answer, so nobody knows how many tries there were."""


class SteadyCache(BaseCache):
    """Asks the cache named `STORE` in its options; where that fails, it holds nothing.

    An entry that cannot be read is dropped, and what was asked is asked once more.
    """

    def __init__(self, location, params):
        super().__init__(params)
        self._store = params["OPTIONS"]["STORE"]

    def get(self, key, default=None, version=None):
        return self._ask("get", key, default, version=version, failed=default)

    def has_key(self, key, version=None):
        return self._ask("has_key", key, version=version, failed=False)

    def set(self, key, value, timeout=DEFAULT_TIMEOUT, version=None):
        self._ask("set", key, value, timeout, version=version)

    def touch(self, key, timeout=DEFAULT_TIMEOUT, version=None):
        return self._ask("touch", key, timeout, version=version, failed=False)

    def delete(self, key, version=None):
        return self._ask("delete", key, version=version, failed=False)

    def clear(self):
        self._try("clear")

    def add(self, key, value, timeout=DEFAULT_TIMEOUT, version=None):
        """Return whether there was none under the key. Raises CannotCount."""
        added = self._ask("add", key, value, timeout, version=version)
        if added is None:
            raise CannotCount
        return added

    def _ask(self, verb, key, *values, version, failed=None):
        """Return what the store says, or `failed` where it says nothing."""
        if time.monotonic() < _rests_until.get(self._store, 0):
            return failed
        worked, answer = self._try(verb, key, *values, version=version)
        if not worked and self._try("delete", key, version=version)[0]:
            worked, answer = self._try(verb, key, *values, version=version)
        if not worked:
            _rests_until[self._store] = time.monotonic() + REST
        return answer if worked else failed

    def _try(self, verb, *values, **named):
        try:
            return True, getattr(caches[self._store], verb)(*values, **named)
        # Whatever a store or an unreadable entry raises: a page needs neither. The key
        # is not logged, for it may hold an address.
        except Exception as problem:  # noqa: BLE001
            logger.error("The cache does not work: %s", type(problem).__name__)  # noqa: TRY400
            return False, None


class CannotCountMiddleware:
    """Answers what must not go on uncounted with a page that says why."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        if not isinstance(exception, CannotCount):
            return None
        response = render(request, "503.html", status=503)
        response["Retry-After"] = "60"
        return response

"""A cache whose failures do not break pages, unlike those of Django's own backends.

Attempts at guessing are counted with `add`. If that fails, `CannotCount` is raised, so
that protection stays on, and the middleware shows a page about it.
"""

import logging
from collections import defaultdict

from django.core.cache import caches
from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from django.shortcuts import render

from config.resting import Rest
from home.rules.typed import typed_words

logger = logging.getLogger(__name__)

# A server that does not respond must not delay every page with each request.
_rests: defaultdict[str, Rest] = defaultdict(lambda: Rest(5))


class CannotCount(Exception):
    """The store does not respond, so the number of attempts is unknown."""


class SteadyCache(BaseCache):
    """Uses the cache named `STORE` in its options, and acts as empty if that fails.

    If an entry cannot be read, it is deleted and the request is repeated once.
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
        """Return whether the key was new. Raises CannotCount."""
        added = self._ask("add", key, value, timeout, version=version)
        if added is None:
            raise CannotCount
        return added

    def _ask(self, verb, key, *values, version, failed=None):
        """Return the response of the store, or `failed` if there is none."""
        if not _rests[self._store].may_ask():
            return failed
        worked, answer = self._try(verb, key, *values, version=version)
        if not worked and self._try("delete", key, version=version)[0]:
            worked, answer = self._try(verb, key, *values, version=version)
        _rests[self._store].note(worked=worked)
        return answer if worked else failed

    def _try(self, verb, *values, **named):
        try:
            return True, getattr(caches[self._store], verb)(*values, **named)
        # Pages work without the cache, whatever it raises. The key is not logged,
        # because it may contain an address.
        except Exception as problem:  # noqa: BLE001
            logger.error("The cache does not work: %s", type(problem).__name__)  # noqa: TRY400
            return False, None


class SteadyPageCache(SteadyCache):
    """The same for pages, where nothing is counted."""

    def add(self, key, value, timeout=DEFAULT_TIMEOUT, version=None):
        """Return whether there was none under the key; where nobody knows, True."""
        return self._ask("add", key, value, timeout, version=version, failed=True)


class CannotCountMiddleware:
    """Shows a page that explains why an attempt that cannot be counted is refused."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        if not isinstance(exception, CannotCount):
            return None
        context = {"typed": typed_words(request.POST.lists())}
        response = render(request, "503.html", context, status=503)
        response["Retry-After"] = "60"
        return response

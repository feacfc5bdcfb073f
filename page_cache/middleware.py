"""Answers visitors with pages that were built before, and keeps those that were not.

It stands outside of all that knows who is asking, and only speaks where nothing in a
request says so: no cookie, no query, no preview.
"""

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.utils.translation import get_language

from page_cache.content_version import (
    read_content_version,
    recent_content_version,
)
from page_cache.days import local_day
from page_cache.kept_pages import (
    find_page,
    is_for_everybody,
    is_page_of_tree,
    is_preview,
    keep_page,
    may_be_kept,
    page_for,
    page_key,
)
from page_cache.making import one_builder
from page_cache.memory import asked_for, known_version
from page_cache.release import release_digest
from page_cache.routing import route_by_memory


class PageCacheMiddleware:
    def __init__(self, get_response):
        if not settings.KEEPS_PAGES:
            raise MiddlewareNotUsed
        # Read before the server forks, so that its processes share it.
        release_digest()
        self.get_response = get_response

    def __call__(self, request):
        outer = known_version.set(None)
        try:
            return self._answer(request)
        finally:
            known_version.reset(outer)

    def process_view(self, request, view, args, kwargs):
        """Have the page found by memory, and its parts while it is only read.

        What is sent in an address may be a person's own answer.
        """
        is_plain = not (request.META.get("QUERY_STRING") or is_preview(request))
        if is_plain and is_page_of_tree(request):
            # The newest: parts of before a change do not go with a page of after it.
            known_version.set(read_content_version())
            asked_for.set(_differs_by(request))
            route_by_memory(request, *args)
            if request.method not in ("GET", "HEAD"):
                known_version.set(None)

    def _answer(self, request):
        if not is_for_everybody(request):
            return self.get_response(request)
        # Read before the page is built: a change in the meantime makes it another one.
        version = recent_content_version()
        if version is None:
            return self._build(request)
        key = page_key(request, version)
        page = find_page(request, key)
        return page.answer(request) if page else self._build_once(request, key, version)

    def _build_once(self, request, key, version):
        with one_builder(key):
            page = find_page(request, key)
            if page:
                return page.answer(request)
            return self._build(request, key, version)

    def _build(self, request, key=None, version=None):
        response = self.get_response(request)
        if not may_be_kept(request, response):
            return response
        if key and read_content_version() == version:
            keep_page(key, response)
        return page_for(request, response).answer(request)


def _differs_by(request):
    """Return what learners' parts differ by. The day: a review date passes."""
    return request.scheme, request.get_host(), get_language(), local_day()

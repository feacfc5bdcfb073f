"""Where an address leads, and who may go there: Wagtail asks for each level anew."""

from functools import partial

from django.conf import settings
from django.http import Http404, HttpRequest
from wagtail.models import Page, Site

from page_cache.memory import (
    find_part,
    recall_frozen_part,
    recall_part,
    remember_part,
)


def route_by_memory(request: HttpRequest, path: str) -> None:
    """Give the request its site and its page, so that Wagtail need not look for them.

    What lies below a remembered page is asked of the page itself, as Wagtail does.
    """
    host, parts = request.get_host(), [part for part in path.split("/") if part]
    site = recall_part(("site", host), lambda: Site.find_for_request(request))
    request._wagtail_site = site
    # Wagtail reads them from the shared cache once in each request (`Page.get_url`).
    request._wagtail_cached_site_root_paths = recall_frozen_part(
        "site root paths", lambda: tuple(Site.get_site_root_paths())
    )
    if site is None:
        return
    known = _nearest_page(host, parts)
    below = known and _route_below(known, site, request, parts)
    if known and (_is_whole(below) or not settings.WAGTAIL_I18N_ENABLED):
        request._wagtail_route_for_request = below
    route = Page.route_for_request(request, path)
    if route:
        _remember_page(route[0], known, (host, *parts[: _levels(route[0], site)]))
        _know_restrictions(route[0])


def _nearest_page(host, parts):
    """Return the remembered page at this address or the nearest above it, or None."""
    names = (("page", host, *parts[:level]) for level in range(len(parts), -1, -1))
    return next(filter(None, map(find_part, names)), None)


def _levels(page, site):
    return page.depth - site.root_page.depth


def _route_below(page, site, request, parts):
    try:
        return page.route(request, parts[_levels(page, site) :])
    except Http404:
        return None


def _is_whole(route):
    """Return whether no page in another language can stand in for this one."""
    return bool(route) and route[0].live


def _remember_page(page, known, address):
    if page is not known:
        # Read now, so that it is remembered with the page.
        page.locale  # noqa: B018
        remember_part(("page", *address), page)


def _know_restrictions(page):
    restrictions = recall_part(
        ("restrictions", page.pk), lambda: list(page.get_view_restrictions())
    )
    page.get_view_restrictions = partial(list, restrictions)

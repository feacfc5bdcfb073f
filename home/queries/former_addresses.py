"""Where a page is now that had another address before."""

from django.http import HttpRequest
from wagtail.models import Page, Site

from home.models import FormerAddress
from languages.addresses import bare_path


def address_now(request: HttpRequest) -> str | None:
    """Return the address to which the page asked for has moved, with what is below it.

    Addresses below a page, such as those of a quiz, move with it. None if no page had this
    address, or if a page has it now. Two queries, and in another language of content
    more: first its own pages are looked through.
    """
    site = Site.find_for_request(request)
    path = bare_path(request.path)
    if not site or "\0" in path:
        return None
    homes = dict.fromkeys([site.root_page.localized, site.root_page])
    found = (_address_below(home.url_path, path, request) for home in homes)
    return next(filter(None, found), None)


def _address_below(root, path, request):
    paths = _paths_above(root, path)
    former = FormerAddress.objects.filter(url_path__in=paths).select_related("page")
    known = {address.url_path: address.page for address in former}
    if not known:
        return None
    live = (
        Page.objects.live()
        .filter(url_path__in=paths)
        .values_list("url_path", flat=True)
    )
    known |= dict.fromkeys(live)
    nearest = max(known, key=len)
    page = known[nearest]
    if not page or not page.live:
        return None
    below = f"{root}{path.lstrip('/')}"[len(nearest) :]
    return f"{page.specific_deferred.get_url(request)}{below}"


def _paths_above(root: str, path: str) -> list[str]:
    """Return the paths in the page tree from the one asked for up to the root's children."""
    parts = path.strip("/").split("/")
    return [f"{root}{'/'.join(parts[:n])}/" for n in range(1, len(parts) + 1)]

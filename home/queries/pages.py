"""Queries for the site's navigation and the home page."""

from typing import NamedTuple

from course.models import CoursePage
from course.queries.first_language import as_read, in_first_language, original_of
from home.models import InformationPage
from languages.content import WordsIn


class NavigationItem(NamedTuple):
    title: str
    url: str
    is_help: bool


def navigation_items(request) -> list[NavigationItem]:
    """Return the live information pages shown in menus, in page order, in one query.

    Each is in the reader's language where there is one: a query more if the site has
    several.
    """
    pages = InformationPage.objects.live().in_menu().defer("body")
    pages = pages.select_related("locale")
    first = in_first_language(pages).order_by("path")
    return [
        NavigationItem(
            WordsIn(page.title, page.locale.language_code),
            page.get_url(request),
            page.is_help,
        )
        for page in as_read(first, pages)
    ]


def courses_below(home):
    """Return the courses live in their first language, in page order.

    They are below the home page, or in other languages below its translations.
    """
    below = CoursePage.objects.live().child_of(original_of(home))
    return below.order_by("path").select_related("locale")

"""Queries for the site's navigation and the home page."""

from typing import NamedTuple

from course.models import CoursePage
from home.models import InformationPage


class NavigationItem(NamedTuple):
    title: str
    url: str
    is_help: bool


def navigation_items(request) -> list[NavigationItem]:
    """Return the live information pages shown in menus, in page order, in one query."""
    pages = InformationPage.objects.live().in_menu().order_by("path").defer("body")
    return [
        NavigationItem(page.title, page.get_url(request), page.is_help)
        for page in pages
    ]


def courses_below(home):
    """Return the live courses below the home page, in page order."""
    return CoursePage.objects.live().child_of(home).order_by("path")

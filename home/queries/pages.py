"""What the frame around every page and the home page show."""

from typing import NamedTuple

from course.models import CoursePage
from home.models import InformationPage


class NavigationItem(NamedTuple):
    title: str
    url: str
    is_help: bool


def navigation_items(request) -> list[NavigationItem]:
    """The live information pages shown in menus, in page order. One query."""
    pages = InformationPage.objects.live().in_menu().order_by("path").defer("body")
    return [
        NavigationItem(page.title, page.get_url(request), page.is_help)
        for page in pages
    ]


def courses_below(home):
    """The live courses of a home page, in page order."""
    return CoursePage.objects.live().child_of(home).order_by("path")

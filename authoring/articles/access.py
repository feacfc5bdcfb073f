"""Who may make a course from an article."""

from accounts.models import User
from authoring.articles.queries import home_for_courses


def may_add_courses(user: User) -> bool:
    """Return whether the user may add a page below the home page."""
    return home_for_courses().permissions_for_user(user).can_add_subpage()

"""Who may see how a course is received. What is counted there names nobody."""

from django.db.models import QuerySet

from accounts.models import User
from course.models import CoursePage
from course.queries.first_language import in_first_language
from training.teams.access import may_enter


def courses_with_overview(user: User) -> QuerySet[CoursePage]:
    """Return the live courses for users who may enter the training area.

    Each is in its first language: its people are counted together.
    """
    courses = in_first_language(CoursePage.objects.live()).order_by("title", "pk")
    return courses if may_enter(user) else courses.none()

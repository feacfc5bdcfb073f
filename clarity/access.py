"""Who may read what people said about a lesson."""

from django.db.models import QuerySet
from wagtail.permissions import page_permission_policy

from accounts.models import User
from clarity.models import ClarityAnswer
from course.models import LessonPage


def lessons_seen_by(user: User) -> QuerySet[LessonPage]:
    """The lessons on which the user works in the editor."""
    pages = page_permission_policy.instances_user_has_any_permission_for(
        user, {"add", "change", "publish"}
    )
    return LessonPage.objects.filter(pk__in=pages.values("pk"))


def answers_seen_by(user: User) -> QuerySet[ClarityAnswer]:
    """What was said about the lessons on which the user works."""
    keys = lessons_seen_by(user).values("translation_key")
    return ClarityAnswer.objects.filter(lesson_key__in=keys)

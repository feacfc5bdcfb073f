"""Pages whose check is due, quizzes that pause, and who gets e-mail about them."""

from datetime import date, timedelta

from django.db.models import (
    Exists,
    OuterRef,
    QuerySet,
)
from wagtail.permissions import page_permission_policy

from accounts.models import User
from authoring.review.models import (
    ClinicalReviewTask,
)
from course.models import CoursePage, LessonPage
from course.models.pages import ReviewedPage
from course.queries import course_of
from course.rules.review_dates import (
    WARNED_DAYS_BEFORE,
    days_to_pause,
    last_day_of_quiz,
)
from quizzes.models import Question


def overdue_pages(today: date) -> list[ReviewedPage]:
    """Return live courses and lessons whose check was due before `today`."""
    return [
        page
        for model in (CoursePage, LessonPage)
        for page in model.objects.live()
        .filter(next_check__lt=today)
        .select_related("locale")
        .order_by("next_check", "path")
    ]


def quizzes_ahead_of_pause(today: date) -> list[tuple[LessonPage, date]]:
    """Return live lessons whose quiz pauses soon or is paused, with its last day.

    “Soon” starts with the first warning. The earliest come first.
    """
    asked = Question.objects.filter(lesson=OuterRef("pk"))
    past = LessonPage.objects.live().filter(
        Exists(asked), next_check__lt=today + timedelta(days=max(WARNED_DAYS_BEFORE))
    )
    dated = [
        (page, last_day_of_quiz(page.next_check, course_of(page).grace_days))
        for page in past.select_related("locale").order_by("next_check", "path")
    ]
    soon = max(WARNED_DAYS_BEFORE)
    return [each for each in dated if days_to_pause(each[1], today) <= soon]


def active_reviewers() -> QuerySet[User]:
    """Return active reviewers who have an e-mail address."""
    groups = ClinicalReviewTask.objects.filter(active=True).values("groups")
    people = User.objects.filter(is_active=True, groups__in=groups)
    return people.exclude(email="").distinct().order_by("pk")


def authors_for(page: ReviewedPage) -> QuerySet[User]:
    """Return people who may add pages there and have an e-mail address.

    This includes administrators, but not reviewers and trainers.
    """
    authors = page_permission_policy.users_with_permission_for_instance("add", page)
    return authors.exclude(email="").order_by("pk")

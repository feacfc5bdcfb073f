"""Who signed off what is live, and what waits."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.db.models import (
    Case,
    CharField,
    Exists,
    OuterRef,
    QuerySet,
    Subquery,
    TextChoices,
    Value,
    When,
)
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale, Page, Site, TaskState, WorkflowState
from wagtail.permissions import page_permission_policy

from accounts.models import User
from authoring.models import (
    ClinicalReview,
    ClinicalReviewTask,
    ImportedArticle,
    LiveContent,
)
from course.models import CoursePage, LessonPage
from course.queries import course_of
from course.review_dates import WARNED_DAYS_BEFORE, days_to_pause, last_day_of_quiz
from quizzes.models import Question

ReviewedPage = CoursePage | LessonPage


@dataclass(frozen=True)
class SignOff:
    """The newest sign-off of a page; `changed_at` is None while it holds."""

    name: str
    role: str
    at: datetime
    changed_at: datetime | None

    @property
    def holds(self) -> bool:
        return self.changed_at is None


def sign_off_of(page: ReviewedPage) -> SignOff | None:
    """Return the sign-off that readers of the page are told of, in one query."""
    return sign_offs_of([page]).get(page.translation_key)


def sign_offs_of(pages: Iterable[ReviewedPage]) -> dict[UUID, SignOff]:
    """Return page key → sign-off for pages of one language, in one query.

    The newest sign-off of what is live counts; failing that, the newest of something
    that was live before. A sign-off of what only goes live later does not count yet.
    """
    pages = list(pages)
    live = LiveContent.objects.filter(
        page_key=OuterRef("page_key"), locale=OuterRef("locale")
    )
    reviews = (
        ClinicalReview.objects.filter(
            page_key__in=[page.translation_key for page in pages],
            locale__in=Locale.objects.filter(
                pk__in={page.locale_id for page in pages}
            ).values("language_code"),
        )
        .annotate(
            live_sha256=Subquery(live.values("sha256")),
            live_since=Subquery(live.values("since")),
        )
        .order_by("at", "pk")
    )
    standing: dict[UUID, SignOff] = {}
    for review in reviews:
        signed = _sign_off(review)
        known = standing.get(review.page_key)
        if signed and (signed.holds or known is None or not known.holds):
            standing[review.page_key] = signed
    return standing


def _sign_off(review):
    if review.sha256 == review.live_sha256:
        return SignOff(review.name, review.role, review.at, None)
    if review.live_since and review.at <= review.live_since:
        return SignOff(review.name, review.role, review.at, review.live_since)
    return None


@dataclass(frozen=True)
class SentBack:
    """That a reviewer asks for changes: who, when and in which words."""

    by: str
    at: datetime
    comment: str


def sent_back(page: Page) -> SentBack | None:
    """Return what a reviewer asks of the author; None where nothing is open."""
    state = page.current_workflow_state
    if state is None or state.status != WorkflowState.STATUS_NEEDS_CHANGES:
        return None
    step = state.current_task_state
    return SentBack(str(step.finished_by or ""), step.finished_at, step.comment)


@dataclass(frozen=True)
class Decision:
    """The last step taken about a page: by whom, and in which words.

    `by` is the name and role that readers see where the page was signed off.
    """

    by: str
    comment: str


def last_decision(page: Page) -> Decision | None:
    """Return who took the last step of a review of the page; None where nobody did."""
    step = (
        TaskState.objects.filter(
            workflow_state__in=page.workflow_states.all(), finished_at__isnull=False
        )
        .select_related("finished_by")
        .order_by("finished_at", "pk")
        .last()
    )
    if step is None:
        return None
    review = newest_sign_off(page) if step.status == step.STATUS_APPROVED else None
    by = f"{review.name}, {review.role}" if review else str(step.finished_by or "")
    return Decision(by, step.comment)


def sign_offs_record(user: User) -> list[dict[str, str]]:
    """Return the user's sign-offs as JSON can carry them, oldest first."""
    fields = ("page_key", "locale", "revision", "name", "role", "at")
    rows = ClinicalReview.objects.filter(reviewer=user).order_by("at")
    return [{k: str(v) for k, v in row.items()} for row in rows.values(*fields)]


class ReviewState(TextChoices):
    """Where a lesson stands with its reviewers."""

    WAITING = "waiting", _("Waiting for review")
    SENT_BACK = "sent_back", _("Sent back")
    SIGNED_OFF = "signed_off", _("Signed off")
    CHANGED = "changed", _("Changed since review")
    NEVER = "never", _("Not reviewed")


def with_review_state(lessons: QuerySet) -> QuerySet:
    """Return the lessons, each with `review_state` and `signed_at` (None: never).

    A draft that waits or was sent back comes before what is said of the live page.
    """
    live = LiveContent.objects.filter(
        page_key=OuterRef("page_key"), locale=OuterRef("locale")
    )
    reviews = ClinicalReview.objects.filter(
        page_key=OuterRef("translation_key"),
        locale=OuterRef("locale__language_code"),
    )
    holding = reviews.filter(sha256=Subquery(live.values("sha256")))
    outdated = reviews.filter(at__lte=Subquery(live.values("since")))
    return lessons.annotate(
        review_state=Case(
            When(
                _in_workflow(WorkflowState.STATUS_IN_PROGRESS),
                then=Value(ReviewState.WAITING),
            ),
            When(
                _in_workflow(WorkflowState.STATUS_NEEDS_CHANGES),
                then=Value(ReviewState.SENT_BACK),
            ),
            When(Exists(holding), then=Value(ReviewState.SIGNED_OFF)),
            When(Exists(outdated), then=Value(ReviewState.CHANGED)),
            default=Value(ReviewState.NEVER),
            output_field=CharField(),
        ),
        signed_at=Subquery(reviews.order_by("-at").values("at")[:1]),
    )


def _in_workflow(status):
    return Exists(
        WorkflowState.objects.filter(
            base_content_type=ContentType.objects.get_for_model(Page),
            object_id=Cast(OuterRef("pk"), CharField()),
            status=status,
        )
    )


def newest_sign_off(page: ReviewedPage) -> ClinicalReview | None:
    """Return the page's newest sign-off, whether it is live yet or not."""
    reviews = ClinicalReview.objects.filter(
        page_key=page.translation_key, locale=page.locale.language_code
    )
    return reviews.order_by("at", "pk").last()


def overdue_pages(today: date) -> list[ReviewedPage]:
    """Return the live courses and lessons whose check was due before the day."""
    return [
        page
        for model in (CoursePage, LessonPage)
        for page in model.objects.live()
        .filter(next_check__lt=today)
        .select_related("locale")
        .order_by("next_check", "path")
    ]


def quizzes_ahead_of_pause(today: date) -> list[tuple[LessonPage, date]]:
    """Return live lessons whose quiz pauses soon or is paused, and its last day.

    Soon is within the first of the warnings; the nearest come first.
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


def reviewers() -> QuerySet[User]:
    """Return who signs pages off and can be written to."""
    groups = ClinicalReviewTask.objects.filter(active=True).values("groups")
    people = User.objects.filter(is_active=True, groups__in=groups)
    return people.exclude(email="").distinct().order_by("pk")


def authors_of(page: ReviewedPage) -> QuerySet[User]:
    """Return who may write pages at this place and can be written to.

    Reviewers and trainers may not; administrators may.
    """
    authors = page_permission_policy.users_with_permission_for_instance("add", page)
    return authors.exclude(email="").order_by("pk")


def earlier_import(sha256: str) -> ImportedArticle | None:
    """Return the newest import of the same file whose course is still there.

    Its `course` is the title of that course.
    """
    courses = CoursePage.objects.filter(translation_key=OuterRef("course_key"))
    applied = ImportedArticle.objects.filter(sha256=sha256, applied_at__isnull=False)
    named = applied.annotate(course=Subquery(courses.values("title")[:1]))
    return named.exclude(course=None).order_by("-applied_at").first()


def articles_in_hand(user: User) -> QuerySet[ImportedArticle]:
    """Return the user's articles of which no pages are made yet, the newest first."""
    articles = ImportedArticle.objects.filter(user=user, applied_at=None)
    return articles.defer("content", "plan").order_by("-created_at")


def home_for_courses() -> Page:
    """Return the page below which new courses stand."""
    return Site.objects.get(is_default_site=True).root_page


def may_add_courses(user: User) -> bool:
    """Return whether the user may add a page there."""
    return home_for_courses().permissions_for_user(user).can_add_subpage()

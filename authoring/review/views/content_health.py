"""The “Content health” report: every lesson with its status and findings."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn, LocaleColumn
from wagtail.admin.ui.tables.pages import PageStatusColumn
from wagtail.admin.views.reports import ReportView
from wagtail.permissions import page_permission_policy

from authoring.review.queries.checks import Checks, checks_of
from authoring.review.queries.keys_to_check import keys_to_check
from authoring.review.queries.measures import (
    LessonMeasures,
    guessing_in,
    measure_lesson,
)
from authoring.review.queries.states import ReviewState, with_review_state
from authoring.review.views.lesson_columns import (
    LessonFilterSet,
    NextCheckColumn,
    ReviewStateColumn,
)
from course.models import LessonPage
from course.queries import courses_above
from course.rules.lesson_rules import ReadingLevel
from quizzes.forms.publishing import TO_CHECK


@dataclass(frozen=True)
class Health:
    """The report's values for a lesson, based on its newest draft."""

    course: str
    review: str
    draft: LessonPage
    checks: Checks
    keys: int
    measures: LessonMeasures
    guessing: str

    @property
    def words(self) -> int:
        return self.measures.words

    @property
    def minutes(self) -> float:
        return self.measures.minutes

    @property
    def phone_heights(self) -> float:
        return self.measures.phone_heights

    @property
    def citations(self) -> int:
        return self.measures.citations

    @property
    def familiarity(self) -> str:
        score = self.measures.dale_chall
        return "" if score is None else f"{score:.1f}"

    @property
    def grade(self) -> str:
        return _rounded(self.checks.lesson)

    @property
    def quiz_grade(self) -> str:
        return _rounded(self.checks.quiz)

    @property
    def findings(self) -> int:
        return self.checks.count

    @property
    def to_check(self) -> int:
        questions = self.draft.questions.all()
        drafted = sum(question.review_status in TO_CHECK for question in questions)
        return drafted + self.keys


def _rounded(reading: ReadingLevel) -> str:
    """Return the grade, or "" if there is none or there are no words."""
    is_known = reading.grade is not None and reading.words
    return f"{reading.grade:.1f}" if is_known else ""


class EditColumn(Column):
    """The title, with a link to the editor."""

    cell_template_name = "authoring/review/columns/edit_lesson.html"


class ContentHealthView(ReportView):
    """Every lesson that the user may edit. Columns and exports have the same values."""

    page_title = _("Content health")
    header_icon = "clipboard-list"
    filterset_class = LessonFilterSet
    permission_policy = page_permission_policy
    any_permission_required = ["add", "change", "publish"]
    paginate_by = 20
    export_filename = "content-health"
    columns = [
        EditColumn("title", label=_("Lesson"), width="20%"),
        Column("course", accessor="health.course", label=_("Course")),
        PageStatusColumn("status", label=_("Status")),
        ReviewStateColumn("review_state", label=_("Clinical review")),
        NextCheckColumn("next_check", label=_("Next check")),
        DateColumn("latest_revision_created_at", label=_("Updated")),
        Column("words", accessor="health.words", label=_("Words")),
        Column("minutes", accessor="health.minutes", label=_("Minutes")),
        Column(
            "phone_heights", accessor="health.phone_heights", label=_("Phone screens")
        ),
        Column("citations", accessor="health.citations", label=_("Citations")),
        Column("grade", accessor="health.grade", label=_("Grade")),
        Column(
            "familiarity",
            accessor="health.familiarity",
            label=_("Dale–Chall"),  # noqa: RUF001
        ),
        Column("quiz_grade", accessor="health.quiz_grade", label=_("Quiz grade")),
        Column("findings", accessor="health.findings", label=_("Findings")),
        Column("guessing", accessor="health.guessing", label=_("Guessing")),
        Column("to_check", accessor="health.to_check", label=_("To check")),
        LocaleColumn(label=_("Language")),
    ]
    export_headings = {
        "title": _("Lesson"),
        "health.course": _("Course"),
        "status_string": _("Status"),
        "health.review": _("Clinical review"),
        "next_check": _("Next check"),
        "latest_revision_created_at": _("Updated"),
        "health.words": _("Words"),
        "health.minutes": _("Minutes"),
        "health.phone_heights": _("Phone screens"),
        "health.citations": _("Citations"),
        "health.grade": _("Grade"),
        "health.familiarity": _("Dale–Chall"),  # noqa: RUF001
        "health.quiz_grade": _("Quiz grade"),
        "health.findings": _("Findings"),
        "health.guessing": _("Guessing"),
        "health.to_check": _("To check"),
        "locale.language_code": _("Language"),
    }
    list_export = list(export_headings)

    def get_queryset(self):
        mine = page_permission_policy.instances_user_has_permission_for(
            self.request.user, "change"
        )
        lessons = LessonPage.objects.filter(pk__in=mine.values("pk"))
        related = lessons.select_related("locale", "latest_revision", "content_type")
        whole = related.prefetch_related("faq_entries", "questions_to_ask", "questions")
        stated = whole.prefetch_workflow_states().annotate_approved_schedule()
        self.queryset = with_review_state(stated).order_by("next_check", "path")
        return super().get_queryset()

    def decorate_paginated_queryset(self, lessons):
        pages = list(lessons)
        drafts = [_draft_of(page) for page in pages]
        courses = courses_above(pages)
        guessing = guessing_in(courses)
        found = zip(
            pages,
            courses,
            drafts,
            checks_of(drafts, timezone.localdate()),
            keys_to_check(drafts),
            strict=True,
        )
        for page, course, draft, checks, own in found:
            page.health = Health(
                course=course.title,
                review=str(ReviewState(page.review_state).label),
                draft=draft,
                checks=checks,
                keys=len(own),
                measures=measure_lesson(draft),
                guessing=_easiest(guessing[course]),
            )
        return pages


def _easiest(shares: dict[str, float]) -> str:
    """Return the way of guessing that gets most of the course right, and how much."""
    if not shares:
        return ""
    name = max(shares, key=shares.__getitem__)
    return f"{name.replace('_', ' ')}: {shares[name]:.0%}"


def _draft_of(page: LessonPage) -> LessonPage:
    if page.has_unpublished_changes and page.latest_revision:
        return page.latest_revision.as_object()
    return page

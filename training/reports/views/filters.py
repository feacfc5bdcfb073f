"""Filters of reports. They only offer what the user may see."""

from django.utils.translation import gettext_lazy as _
from django_filters.filters import ChoiceFilter
from wagtail.admin.filters import WagtailFilterSet

from training.assignments.access import assignments_seen_by
from training.assignments.models import Obligation
from training.assignments.queries.contents import live_lessons_of
from training.reports.access import courses_with_overview
from training.reports.queries.behind import BEHIND
from training.reports.queries.matrix import courses_seen_by
from training.reports.queries.needs_help import HelpReason
from training.reports.rules import ageing
from training.teams import access

AGE_LABELS = {
    "1-7": _("1 to 7 days"),
    "8-14": _("8 to 14 days"),
    "15-30": _("15 to 30 days"),
    "over-30": _("more than 30 days"),
}


def _teams(user):
    return {str(team.pk): team for team in access.teams_seen_by(user).order_by("name")}


def _assignments(user):
    rows = assignments_seen_by(user).order_by("title", "pk")
    return {str(row.pk): row for row in rows}


def _courses(user):
    return {str(page.translation_key): page for page in courses_seen_by(user)}


def _taught(user):
    courses = courses_with_overview(user)
    return {str(page.translation_key): page for page in courses}


SEEN = {
    "team": _teams,
    "assignment": _assignments,
    "course": _courses,
    "taught": _taught,
}


def _as_it_is(rows, name, value):
    """Return the rows unchanged: the view reads what was chosen."""
    return rows


class SeenFilterSet(WagtailFilterSet):
    """Loads each filter's choices once; `known` maps name → value → row."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.known = {}
        for name, find in SEEN.items():
            if name in self.filters:
                rows = self.known[name] = find(self.request.user)
                self.filters[name].extra["choices"] = [
                    (value, str(row)) for value, row in rows.items()
                ]

    def picked(self, name, *, or_first=False):
        """Return the row chosen in the filter, or None, or the first one offered."""
        rows = self.known[name]
        first = next(iter(rows.values()), None) if or_first else None
        return rows.get(self.form.cleaned_data.get(name), first)


class BehindFilterSet(SeenFilterSet):
    """Filters of “Who is behind”."""

    team = ChoiceFilter(label=_("Team"), empty_label=_("All"))
    assignment = ChoiceFilter(label=_("Assignment"), empty_label=_("All"))
    status = ChoiceFilter(
        label=_("Status"),
        choices=[(status.value, status.label) for status in BEHIND],
        empty_label=_("All"),
    )

    class Meta:
        model = Obligation
        fields = []


class OverdueFilterSet(SeenFilterSet):
    """Filters of “Overdue”."""

    team = ChoiceFilter(label=_("Team"), empty_label=_("All"))
    assignment = ChoiceFilter(label=_("Assignment"), empty_label=_("All"))
    age = ChoiceFilter(
        label=_("Overdue for"),
        choices=list(AGE_LABELS.items()),
        empty_label=_("Any time"),
        method=_as_it_is,
    )

    class Meta:
        model = Obligation
        fields = []

    def picked_age(self):
        """Return the range of days chosen, or None."""
        name = self.form.cleaned_data.get("age")
        return next((age for age in ageing.AGES if age.name == name), None)


class MatrixFilterSet(SeenFilterSet):
    """The team and course of the matrix, and what its cells show."""

    team = ChoiceFilter(label=_("Team"), empty_label=None, method=_as_it_is)
    course = ChoiceFilter(label=_("Course"), empty_label=None, method=_as_it_is)
    right = ChoiceFilter(
        label=_("First score"),
        choices=[("on", _("shown"))],
        empty_label=_("not shown"),
        method=_as_it_is,
    )
    words = ChoiceFilter(
        label=_("Words in the cells"),
        choices=[("on", _("shown"))],
        empty_label=_("not shown"),
        method=_as_it_is,
    )

    class Meta:
        model = Obligation
        fields = []


class CompletionFilterSet(SeenFilterSet):
    """Filters of “Completion over time”."""

    team = ChoiceFilter(label=_("Team"), empty_label=_("All"))
    assignment = ChoiceFilter(label=_("Assignment"), empty_label=_("All"))

    class Meta:
        model = Obligation
        fields = []


class StatusFilterSet(CompletionFilterSet):
    """Filters of “In date today”."""


class HelpFilterSet(SeenFilterSet):
    """Filters of “Needs help”."""

    team = ChoiceFilter(label=_("Team"), empty_label=_("All"))
    assignment = ChoiceFilter(label=_("Assignment"), empty_label=_("All"))
    help_reason = ChoiceFilter(
        label=_("Why"), choices=HelpReason.choices, empty_label=_("Any reason")
    )

    class Meta:
        model = Obligation
        fields = []


class DropOffFilterSet(SeenFilterSet):
    """The course and team of the drop-off."""

    course = ChoiceFilter(label=_("Course"), empty_label=None, method=_as_it_is)
    team = ChoiceFilter(label=_("Team"), empty_label=_("All"))

    class Meta:
        model = Obligation
        fields = []


class OverviewFilterSet(SeenFilterSet):
    """The course of the overview: any that is live."""

    taught = ChoiceFilter(label=_("Course"), empty_label=None, method=_as_it_is)

    class Meta:
        model = Obligation
        fields = []


class ItemsFilterSet(WagtailFilterSet):
    """Offers the lessons of the courses assigned to anybody the user can see."""

    lesson = ChoiceFilter(label=_("Lesson"), empty_label=None, method=_as_it_is)

    class Meta:
        model = Obligation
        fields = []

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        courses = courses_seen_by(self.request.user)
        lessons = live_lessons_of([course.translation_key for course in courses])
        self.lessons = [
            (course, lessons.get(course.translation_key, {})) for course in courses
        ]
        self.filters["lesson"].extra["choices"] = [
            (course.title, list(found.items())) for course, found in self.lessons
        ]

    def picked(self):
        """Return key and title of the chosen lesson, or of the first one, or None."""
        titles = {k: title for _c, found in self.lessons for k, title in found.items()}
        first = next(iter(titles), None)
        key = self.form.cleaned_data.get("lesson") or first
        return key and (key, titles[key])

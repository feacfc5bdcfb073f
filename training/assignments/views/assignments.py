"""Assignments: the list, one assignment with its people, and ending it."""

from django.core.exceptions import PermissionDenied
from django.forms import RadioSelect
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import ListView, TemplateView
from django_filters.filters import ChoiceFilter, ModelChoiceFilter
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.generic.models import IndexView

from training.assignments.access import (
    can_change_assignment,
    obligations_run_by,
    obligations_seen_by,
)
from training.assignments.actions.assignments import end_assignment
from training.assignments.models import Assignment, Status
from training.assignments.queries.contents import live_courses, titles_of
from training.assignments.queries.summaries import (
    people_of,
    saved_rule,
    seen_with_audience,
    summaries_of,
)
from training.assignments.queries.undecided import undecided_assignments
from training.assignments.wording import assignments
from training.teams.access import teams_seen_by
from training.teams.views.admin_mixins import TrainingAdminPage


def _my_teams(request):
    return teams_seen_by(request.user).order_by("name")


def _courses():
    return [(str(each.translation_key), each.title) for each in live_courses()]


def _of_recurrence(rows, name, value):
    return rows.filter(recurs_every_months__isnull=value == "once")


def _undecided(user, assignments, at):
    """Return those of these that nobody can do; no query if there are none."""
    rows = obligations_seen_by(user).filter(assignment__in=assignments)
    return undecided_assignments(rows, at) if assignments else []


class AssignmentFilterSet(WagtailFilterSet):
    """The filters in the list of assignments."""

    state = ChoiceFilter(
        label=gettext_lazy("State"),
        method="of_state",
        choices=[
            ("current", gettext_lazy("Current")),
            ("undecided", gettext_lazy("Needs a decision")),
            ("ended", gettext_lazy("Ended")),
        ],
        empty_label=gettext_lazy("Any"),
        widget=RadioSelect,
    )
    team = ModelChoiceFilter(
        label=gettext_lazy("Team"),
        field_name="teams",
        queryset=_my_teams,
        empty_label=gettext_lazy("Any"),
        widget=RadioSelect,
    )
    course_key = ChoiceFilter(
        label=gettext_lazy("Course"),
        choices=_courses,
        empty_label=gettext_lazy("Any"),
        widget=RadioSelect,
    )
    again = ChoiceFilter(
        label=gettext_lazy("Recurs"),
        method=_of_recurrence,
        choices=[("again", gettext_lazy("Yes")), ("once", gettext_lazy("No"))],
        empty_label=gettext_lazy("Any"),
        widget=RadioSelect,
    )

    class Meta:
        model = Assignment
        fields = []

    def of_state(self, rows, name, value):
        """Return the rows with this state, as far as the user can see it."""
        if value == "undecided":
            seen = obligations_seen_by(self.request.user)
            found = undecided_assignments(seen, timezone.now())
            return rows.filter(pk__in=[each.assignment.pk for each in found])
        return rows.filter(ended_at__isnull=value == "current")


class AssignmentList(TrainingAdminPage, IndexView):
    """All assignments the user can see, with a summary of each."""

    results_template_name = "accounts/admin/list_results.html"
    model = Assignment
    page_title = gettext_lazy("Assignments")
    header_icon = "tasks"
    add_url_name = "assignments:add"
    add_item_label = gettext_lazy("New assignment")
    search_fields = ["title"]
    filterset_class = AssignmentFilterSet
    default_ordering = "-created_at"
    paginate_by = 25
    columns = [
        TitleColumn(
            "title",
            label=gettext_lazy("Assignment"),
            sort_key="title",
            url_name="assignments:inspect",
        ),
        Column("course_title", label=gettext_lazy("Course")),
        Column("to_whom", label=gettext_lazy("Who")),
        Column("when_due", label=gettext_lazy("Due")),
        Column("again", label=gettext_lazy("Recurs")),
        Column("to_do", accessor="summary.to_do", label=gettext_lazy("To do")),
        Column("overdue", accessor="summary.overdue", label=gettext_lazy("Overdue")),
        Column("done", accessor="summary.done", label=gettext_lazy("Done")),
        Column("in_date", accessor="summary.in_date", label=gettext_lazy("In date")),
        Column("state", label=gettext_lazy("State")),
    ]

    def get_base_queryset(self):
        return seen_with_audience(self.request.user)

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        rows = context["object_list"]
        summary = summaries_of(rows, self.request.user, self.at)
        titles = titles_of([row.course_key for row in rows])
        for row in rows:
            row.summary = summary[row.pk]
            row.course_title = titles.get(str(row.course_key), "")
            row.to_whom = assignments.to_whom(row.teams_shown, row.people_shown)
            row.when_due = assignments.when_due(row)
            row.again = assignments.how_often(row)
            row.state = _("Ended") if row.ended_at else _("Current")
        self._name_undecided(rows)
        return context

    def _name_undecided(self, rows):
        paused = {row.pk: row for row in rows if row.summary.paused}
        for each in _undecided(self.request.user, list(paused), self.at):
            paused[each.assignment.pk].state = _("Needs a decision")


class OfAssignment(TrainingAdminPage):
    """A page about one assignment that the user can see."""

    header_icon = "tasks"

    @cached_property
    def assignment(self):
        seen = seen_with_audience(self.request.user)
        return get_object_or_404(seen, pk=self.kwargs["pk"])

    @property
    def url(self):
        return reverse("assignments:inspect", args=[self.assignment.pk])

    def get_parent_breadcrumbs(self):
        return [{"url": reverse("assignments:index"), "label": _("Assignments")}]


class InOneAssignment(OfAssignment):
    """A page below an assignment's page."""

    def get_parent_breadcrumbs(self):
        here = {"url": self.url, "label": self.assignment.title}
        return [*super().get_parent_breadcrumbs(), here]


class AssignmentPage(OfAssignment, ListView):
    """The rule in words, and its people, in pages."""

    template_name = "training/assignments/assignment.html"
    paginate_by = 50
    page_kwarg = "p"

    def get_page_title(self):
        return self.assignment.title

    def get_queryset(self):
        rows = people_of(self.assignment, self.request.user, self.at)
        asked = self.request.GET.get("status")
        return rows.filter(status=asked) if asked in Status.values else rows

    def get_context_data(self, **kwargs):
        user, assignment = self.request.user, self.assignment
        can_run = obligations_run_by(user).filter(assignment=assignment).exists()
        summary = summaries_of([assignment], user, self.at)[assignment.pk]
        return super().get_context_data(
            assignment=assignment,
            rule=saved_rule(assignment),
            summary=summary,
            waiting=_undecided(
                user, [assignment.pk] if summary.paused else [], self.at
            ),
            chosen=self.request.GET.get("status", ""),
            can_change=can_change_assignment(user, assignment),
            can_except=can_run and assignment.ended_at is None,
            **kwargs,
        )


class EndAssignment(InOneAssignment, TemplateView):
    """Asks for confirmation, says who is affected, and ends the assignment."""

    page_title = gettext_lazy("End assignment")
    template_name = "training/assignments/end.html"

    def dispatch(self, request, *args, **kwargs):
        if not can_change_assignment(request.user, self.assignment):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        waiting = self.assignment.obligations.unsatisfied().count()
        return super().get_context_data(
            assignment=self.assignment, waiting=waiting, back=self.url, **kwargs
        )

    def post(self, request, *args, **kwargs):
        number = end_assignment(assignment=self.assignment, at=self.at, by=request.user)
        message = ngettext(
            "Assignment ended. %(n)d person will no longer be asked for it.",
            "Assignment ended. %(n)d people will no longer be asked for it.",
            number,
        )
        messages.success(request, message % {"n": number})
        return redirect(self.url)

"""The reports “Who is behind” and “Overdue”."""

from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from training.reports.queries import behind
from training.reports.views.base import TrainingReport
from training.reports.views.columns import (
    DayColumn,
    LessonsDoneColumn,
    LineColumn,
    PersonColumn,
    StatusColumn,
)
from training.reports.views.filters import AGE_LABELS, BehindFilterSet, OverdueFilterSet
from training.teams.access import teams_run_by

PERSON = PersonColumn("person", label=_("Person"), sort_key="learner__user__last_name")
TEAM = LineColumn("team", label=_("Team"), sort_key="team__name")
ASSIGNMENT = LineColumn(
    "assignment", label=_("Assignment"), sort_key="assignment__title"
)
DUE = DayColumn("due", label=_("Due"), sort_key="effective_due_at")
DAYS_OVERDUE = LineColumn("days_overdue", label=_("Days overdue"))
LESSONS = LessonsDoneColumn("lessons", label=_("Lessons done"))


class LateReport(TrainingReport):
    """What is late, longest overdue first."""

    default_ordering = "effective_due_at"
    is_searchable = True
    search_fields = [
        "learner__user__first_name",
        "learner__user__last_name",
        "learner__user__email",
    ]

    def lines(self, rows):
        return behind.behind_lines(rows, self.at)


class BehindReport(LateReport):
    """What is overdue or due soon."""

    page_title = _("Who is behind")
    header_icon = "time"
    export_filename = "who-is-behind"
    filterset_class = BehindFilterSet
    results_template_name = "training/reports/behind_results.html"
    columns = [
        PERSON,
        TEAM,
        ASSIGNMENT,
        DUE,
        DAYS_OVERDUE,
        StatusColumn("status", label=_("Status"), sort_key="status"),
        LESSONS,
    ]

    def get_base_queryset(self):
        return behind.obligations_behind(self.request.user, self.at)

    def get_context_data(self, **kwargs):
        paused = behind.obligations_paused(self.request.user, self.at).count()
        return super().get_context_data(
            paused=paused,
            may_act=teams_run_by(self.request.user).exists(),
            chosen=self._chosen(),
            **kwargs,
        )

    def _chosen(self):
        """Return the query of the list of people that has the people shown here."""
        sent = self.request.GET
        named = {name: sent.get(name) for name in ("q", "team", "assignment")}
        late = {"late": sent.get("status") or "behind"}
        return urlencode({name: value for name, value in named.items() if value} | late)


class AgeColumn(LineColumn):
    """How long it has been overdue, in the ranges of the totals above."""

    def get_value(self, line):
        return str(AGE_LABELS[line.age.name])


class OverdueReport(LateReport):
    """What is overdue, and for how long."""

    page_title = _("Overdue")
    header_icon = "warning"
    results_template_name = "training/reports/overdue_results.html"
    export_filename = "overdue"
    filterset_class = OverdueFilterSet
    columns = [
        PERSON,
        TEAM,
        ASSIGNMENT,
        DUE,
        DAYS_OVERDUE,
        AgeColumn("age", label=_("Overdue for")),
        LESSONS,
    ]

    def get_base_queryset(self):
        return behind.obligations_overdue(self.request.user, self.at)

    def filter_queryset(self, queryset):
        self.of_any_age = super().filter_queryset(queryset)
        age = self.filters.picked_age()
        return behind.of_age(self.of_any_age, age, self.at) if age else self.of_any_age

    def get_context_data(self, **kwargs):
        totals = behind.age_totals(self.of_any_age, self.at)
        return super().get_context_data(
            totals=[(AGE_LABELS[total.age.name], total.count) for total in totals],
            total=sum(total.count for total in totals),
            **kwargs,
        )

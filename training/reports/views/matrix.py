"""The matrix of a team's people and a course's lessons."""

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from accounts.models import Learner
from training.assignments.queries.contents import live_lessons_of
from training.reports.queries import matrix
from training.reports.queries.matrix_status import MatrixStatus
from training.reports.views.base import TrainingReport
from training.reports.views.columns import LessonCellColumn, PersonColumn
from training.reports.views.filters import MatrixFilterSet


class MatrixReport(TrainingReport):
    """Each team member's status in each lesson of the course."""

    page_title = _("Team and lessons")
    header_icon = "table"
    export_filename = "team-and-lessons"
    filterset_class = MatrixFilterSet
    table_classname = "listing training-matrix"
    results_template_name = "training/reports/matrix_results.html"
    model = Learner

    def get_page_subtitle(self):
        if self.team and self.course:
            return f"{self.team} · {self.course}"
        return _("nothing assigned yet")

    @cached_property
    def team(self):
        return self.filters.picked("team", or_first=True)

    @cached_property
    def course(self):
        return self.filters.picked("course", or_first=True)

    @cached_property
    def lessons(self):
        if self.course is None:
            return {}
        key = self.course.translation_key
        return live_lessons_of([key]).get(key, {})

    @cached_property
    def columns(self):
        lessons = [
            LessonCellColumn(key, label=title, shows_words=self._picked("words"))
            for key, title in self.lessons.items()
        ]
        return [PersonColumn("person", label=_("Person")), *lessons]

    def get_queryset(self):
        if not (self.team and self.course):
            return Learner.objects.none()
        people = matrix.people_of(self.team)
        return matrix.by_need(people, self.course, self.request.user, self.at)

    def people_in(self, rows):
        return [(learner, self.team.pk) for learner in rows]

    def lines(self, rows):
        return matrix.matrix_lines(
            rows,
            self.course,
            list(self.lessons),
            self.request.user,
            at=self.at,
            with_right=self._picked("right"),
        )

    def _picked(self, name):
        return bool(self.filters.form.cleaned_data.get(name))

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        shown = {
            cell.status
            for line in context["object_list"]
            for cell in line.cells.values()
        }
        return context | {"legend": [each for each in MatrixStatus if each in shown]}

"""The report “Course overview”: how everybody who learns a course gets on with it."""

from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from quizzes.rules.groups import FEWEST
from training.reports.queries.overview import course_overview
from training.reports.views.columns import LineColumn, ShareColumn
from training.reports.views.completion import ChartReport
from training.reports.views.filters import OverviewFilterSet


def too_few():
    return gettext("fewer than %(count)s") % {"count": FEWEST}


class GroupColumn(LineColumn):
    """How many people, or that the group is too small to say."""

    def get_value(self, line):
        people = super().get_value(line)
        return too_few() if people is None else people


class CourseOverviewReport(ChartReport):
    """How far people get in a course, and what they miss, in groups that name nobody."""

    page_title = _("Course overview")
    header_icon = "view"
    results_template_name = "training/reports/overview_results.html"
    export_filename = "course-overview"
    filterset_class = OverviewFilterSet
    columns = [
        LineColumn("lesson", label=_("Lesson")),
        GroupColumn(
            "people", accessor="figures.people", label=_("People who answered")
        ),
        GroupColumn("finished", accessor="figures.finished", label=_("Finished it")),
        GroupColumn("stopped", accessor="figures.stopped", label=_("Stopped here")),
        ShareColumn("not_sure", accessor="figures.not_sure", label=_("Not sure")),
        ShareColumn("clear", accessor="figures.clear", label=_("Found it clear")),
    ]

    def get_page_subtitle(self):
        return str(self.course or _("no course is live"))

    @cached_property
    def course(self):
        return self.filters.picked("taught", or_first=True)

    @cached_property
    def overview(self):
        return course_overview(self.course)

    def get_queryset(self):
        return self.overview.lessons if self.course else []

    def bars(self, lines):
        most = max((line.figures.reached or 0 for line in lines), default=0)
        return [(line.lesson, *_figure(line.figures.reached, most)) for line in lines]

    def summary(self, lines):
        return gettext(
            "How many people answered a question of each lesson, or of a later one."
        )

    def get_context_data(self, **kwargs):
        missed = self.overview.missed if self.course else []
        return super().get_context_data(
            missed=missed, course=self.course, fewest=FEWEST, **kwargs
        )


def _figure(reached, most):
    """Return the figure of a bar as text, and its share of the longest bar."""
    if reached is None:
        return too_few(), 0
    return str(reached), reached / most

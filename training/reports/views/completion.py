"""The reports “Completion over time” and “Drop-off”: charts that are also tables."""

from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from training.assignments.access import obligations_seen_by
from training.assignments.models import Obligation
from training.assignments.queries.contents import live_lessons_of
from training.reports.queries import completion
from training.reports.rules.charts import bar_chart
from training.reports.views.base import TrainingReport
from training.reports.views.columns import LineColumn, ShareColumn
from training.reports.views.filters import CompletionFilterSet, DropOffFilterSet


def paused_in_words(people):
    """Return how many people cannot do it at the moment; empty for none."""
    words = ngettext(
        "Of the others, %(count)d person cannot do it at the moment, so it is not due.",
        "Of the others, %(count)d people cannot do it at the moment, so it is not due.",
        people,
    )
    return words % {"count": people} if people else ""


def today_in_words(line):
    """Return how many people are asked, in date, finished and paused today."""
    figures = [
        (
            line.asked,
            ngettext("%d person is asked.", "%d people are asked.", line.asked),
        ),
        (
            line.in_date,
            ngettext("%d is in date today.", "%d are in date today.", line.in_date),
        ),
        (
            line.ever_finished,
            ngettext(
                "%d has ever finished.", "%d have ever finished.", line.ever_finished
            ),
        ),
    ]
    message = [words % number for number, words in figures]
    return " ".join([*message, paused_in_words(line.paused)]).strip()


class ChartReport(TrainingReport):
    """A chart above a table with the same figures."""

    results_template_name = "training/reports/chart_results.html"
    paginate_by = None

    def get_base_queryset(self):
        return obligations_seen_by(self.request.user)

    def filtered_obligations(self):
        return self.filter_queryset(self.get_base_queryset())

    def bars(self, lines):
        """Return (label, figure as text, share from 0 to 1) for each line."""
        raise NotImplementedError

    def summary(self, lines):
        """Return a sentence that says what the chart shows."""
        raise NotImplementedError

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        lines = context["object_list"]
        return context | {
            "chart": bar_chart(self.bars(lines)),
            "summary": self.summary(lines) if lines else "",
        }


class MonthColumn(LineColumn):
    """A month and year."""

    def get_value(self, line):
        return date_format(line.month, "YEAR_MONTH_FORMAT")


class CompletionReport(ChartReport):
    """How many of those asked were in date, month by month."""

    page_title = _("Completion over time")
    header_icon = "calendar-check"
    export_filename = "completion-over-time"
    filterset_class = CompletionFilterSet
    columns = [
        MonthColumn("month", label=_("Month")),
        LineColumn("done", label=_("Done in the month")),
        LineColumn("asked", label=_("Asked on its last day")),
        LineColumn("in_date", label=_("In date on its last day")),
        LineColumn("elsewhere", label=_("In date, done elsewhere")),
        LineColumn("paused", label=_("Not in date, because paused")),
        LineColumn("ever_finished", label=_("Ever finished by then")),
        ShareColumn("share", label=_("Share in date")),
    ]

    def get_queryset(self):
        return completion.completion_months(self.filtered_obligations(), self.at)

    def bars(self, lines):
        words = gettext("%(count)s of %(asked)s in date (%(share)s%%)")
        return [
            (
                date_format(line.month, "YEAR_MONTH_FORMAT"),
                words
                % {
                    "count": line.in_date,
                    "asked": line.asked,
                    "share": round(line.share * 100),
                },
                line.share,
            )
            for line in lines
        ]

    def summary(self, lines):
        return today_in_words(lines[-1])


class DropOffReport(ChartReport):
    """How far people got in a course, and before which lesson most stopped."""

    page_title = _("Drop-off by lesson")
    header_icon = "order-down"
    export_filename = "drop-off"
    filterset_class = DropOffFilterSet
    model = Obligation
    columns = [
        LineColumn("step", label=_("Reached")),
        LineColumn("people", label=_("People")),
        LineColumn("fewer", label=_("Fewer than before")),
        ShareColumn("share", label=_("Share of those asked")),
    ]

    def get_page_subtitle(self):
        return str(self.course or _("nothing assigned yet"))

    @cached_property
    def course(self):
        return self.filters.picked("course", or_first=True)

    def get_queryset(self):
        if self.course is None:
            return []
        key = self.course.translation_key
        return completion.drop_off_lines(
            self.filtered_obligations(),
            self.course,
            live_lessons_of([key]).get(key, {}),
            (gettext("Asked to learn it"), gettext("Finished, and in date")),
            self.at,
        )

    def bars(self, lines):
        return [
            (line.step, f"{line.people} ({line.share * 100:.0f}%)", line.share)
            for line in lines
        ]

    def summary(self, lines):
        largest = next((line for line in lines if line.is_largest_drop), None)
        if largest is None:
            return gettext("Nobody stopped.")
        words = ngettext(
            "Most stopped before “%(step)s”: %(count)d person.",
            "Most stopped before “%(step)s”: %(count)d people.",
            largest.fewer,
        )
        found = words % {"count": largest.fewer, "step": largest.step}
        rows = self.filtered_obligations()
        paused = completion.paused_people(rows, self.course, self.at)
        return " ".join(filter(None, [found, paused_in_words(paused)]))

"""The report “Questions”: how well each question of a lesson works."""

from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from quizzes.rules.groups import FEWEST
from training.reports.queries import items
from training.reports.views.base import TrainingReport
from training.reports.views.columns import LineColumn, ShareColumn
from training.reports.views.filters import ItemsFilterSet


class PeopleColumn(LineColumn):
    """How many people were asked, or that there were too few to show results."""

    def get_value(self, line):
        if line.item is None:
            return gettext("fewer than %(count)s") % {"count": FEWEST}
        return line.item.people


class DiscriminationColumn(LineColumn):
    """The discrimination index, or “undefined”."""

    def get_value(self, line):
        if line.item is None:
            return ""
        index = line.item.discrimination
        return gettext("undefined") if index is None else round(index)


class WrongColumn(LineColumn):
    """The wrong options with the share of people who chose each."""

    cell_template_name = "training/assignments/columns/wrong.html"

    def get_value(self, line):
        return "; ".join(f"{o.share * 100:.0f}%: {o.text}" for o in line.wrong)


class ItemsReport(TrainingReport):
    """How people did on each question of a lesson at their first attempt."""

    page_title = _("Questions")
    header_icon = "help"
    results_template_name = "training/reports/items_results.html"
    export_filename = "questions"
    filterset_class = ItemsFilterSet
    paginate_by = None
    columns = [
        LineColumn("stem", label=_("Question")),
        PeopleColumn("people", label=_("People")),
        ShareColumn("facility", accessor="item.facility", label=_("Facility")),
        DiscriminationColumn("discrimination", label=_("Discrimination")),
        ShareColumn("not_sure", accessor="item.not_sure", label=_("Not sure")),
        WrongColumn("wrong", label=_("Wrong options chosen")),
    ]

    def get_page_subtitle(self):
        return self.lesson[1] if self.lesson else _("nothing assigned yet")

    @cached_property
    def lesson(self):
        return self.filters.picked()

    def get_queryset(self):
        if self.lesson is None:
            return []
        return items.item_lines(self.request.user, self.lesson[0])

    def get_context_data(self, **kwargs):
        return super().get_context_data(fewest=FEWEST, **kwargs)

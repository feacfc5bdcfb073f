"""The list of people over all teams."""

from django.db.models import F
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy

from training.people.queries.columns import columns_chosen_by
from training.people.queries.people import (
    late_counts,
    people_seen_by,
    with_next_due,
)
from training.people.views.bulk_pages import PAGES
from training.people.views.choosing import filters_in, ticked_in
from training.people.views.filters import PeopleFilterSet
from training.people.views.list_columns import (
    CHOICE,
    CORRECT,
    PERSON,
    TICK,
    columns_named,
)
from training.reports.views.base import TrainingReport
from training.teams.access import teams_run_by
from training.teams.models import Membership
from training.teams.queries.people import SEARCHED, search_people


class PeopleList(TrainingReport):
    """Everybody who learns in the teams the user looks after.

    Its file has those ticked, or all that match, with the columns shown.
    """

    model = Membership
    page_title = gettext_lazy("People")
    header_icon = "user"
    verbose_name_plural = gettext_lazy("people")
    results_template_name = "training/people/results.html"
    export_filename = "people"
    is_searchable = True
    filterset_class = PeopleFilterSet
    search_fields = SEARCHED
    default_ordering = "learner__user__last_name"
    paginate_by = 50

    @cached_property
    def teams_run(self):
        """The ids of the teams whose people the user may change."""
        return set(teams_run_by(self.request.user).values_list("pk", flat=True))

    @cached_property
    def chosen_columns(self):
        """The columns the user chose, without the person."""
        return columns_named(columns_chosen_by(self.request.user))

    @cached_property
    def columns(self):
        shown = [PERSON, *self.chosen_columns]
        return [TICK, *shown, CORRECT] if self.may_act else shown

    @property
    def may_act(self):
        return bool(self.teams_run) and not self.is_export

    def get_base_queryset(self):
        people, ticked = people_seen_by(self.request.user), ticked_in(self.request)
        if self.is_export and ticked:
            return people.filter(pk__in=ticked)
        return people

    def get_filtered_queryset(self):
        # On the page, the filter itself says what is wrong with it.
        return (
            super().get_filtered_queryset() if self.is_export else self.get_queryset()
        )

    def search_queryset(self, queryset):
        return search_people(queryset, self.search_query)

    def order_queryset(self, queryset):
        field = self.ordering.removeprefix("-")
        if field == "next_due":
            queryset = with_next_due(queryset, self.request.user, self.at)
        place = F(field).asc(nulls_last=True)
        if field != self.ordering:
            place = F(field).desc(nulls_last=True)
        return queryset.order_by(place, "learner__user__email", "pk")

    def lines(self, rows):
        """Return the people with what they are late with, and who may be changed."""
        counts = late_counts(rows, self.request.user, self.at)
        for person, count in zip(rows, counts, strict=True):
            person.late = count
            person.may_act = person.team_id in self.teams_run
        return rows

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        shown = {column.name for column in self.chosen_columns}
        return context | {
            "acts": [(verb, page.title) for verb, page in PAGES.items()],
            "all_acting": self.object_list.filter(team__in=self.teams_run).count(),
            "may_act": self.may_act,
            "carried": filters_in(self.request.GET),
            "choice": [(each, each.name in shown) for each in CHOICE.values()],
        }

    @cached_property
    def no_results_message(self):
        if self.is_searching or self.is_filtering:
            return gettext_lazy("No people match.")
        return gettext_lazy("Nobody learns in your teams yet.")

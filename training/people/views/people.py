"""The list of people over all teams."""

from django.db.models import F
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import IndexView

from training.people.queries.people import (
    late_counts,
    people_seen_by,
    with_next_due,
)
from training.people.views.bulk_pages import PAGES
from training.people.views.choosing import filters_in
from training.people.views.filters import PeopleFilterSet
from training.teams.access import teams_run_by
from training.teams.models import Membership
from training.teams.queries.people import SEARCHED, search_people
from training.teams.views.admin_mixins import TrainingAdminPage
from training.teams.views.member_columns import InvitationColumn, MemberColumn


class TickColumn(Column):
    """A box to choose the person for something that is done for several."""

    cell_template_name = "training/people/columns/tick.html"


class DueColumn(Column):
    """A date in words, or nothing."""

    cell_template_name = "training/assignments/columns/day.html"


class CorrectColumn(Column):
    """A link to correct the name, or the address of an invitation."""

    cell_template_name = "training/people/columns/correct.html"


TICK = TickColumn("select", label=gettext_lazy("Select"), accessor="pk")
CORRECT = CorrectColumn("correct", label=gettext_lazy("Change"), accessor="pk")
COLUMNS = [
    MemberColumn(
        "person",
        label=gettext_lazy("Person"),
        accessor="learner",
        sort_key="learner__user__last_name",
    ),
    Column("team", label=gettext_lazy("Team"), sort_key="team__name"),
    Column("overdue", label=gettext_lazy("Overdue"), accessor="late.overdue"),
    Column("due_soon", label=gettext_lazy("Due soon"), accessor="late.due_soon"),
    DueColumn(
        "next_due",
        label=gettext_lazy("First due"),
        accessor="late.next_due",
        sort_key="next_due",
    ),
    InvitationColumn("invited_until", label=gettext_lazy("Account")),
]


class PeopleList(TrainingAdminPage, IndexView):
    """Everybody who learns in the teams the user looks after."""

    model = Membership
    any_permission_required = None
    page_title = gettext_lazy("People")
    header_icon = "user"
    verbose_name_plural = gettext_lazy("people")
    results_template_name = "training/people/results.html"
    filterset_class = PeopleFilterSet
    search_fields = SEARCHED
    default_ordering = "learner__user__last_name"
    paginate_by = 50

    @cached_property
    def teams_run(self):
        """The ids of the teams whose people the user may change."""
        return set(teams_run_by(self.request.user).values_list("pk", flat=True))

    @cached_property
    def columns(self):
        return [TICK, *COLUMNS, CORRECT] if self.teams_run else COLUMNS

    def get_base_queryset(self):
        return people_seen_by(self.request.user)

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

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        people = list(context["object_list"])
        counts = late_counts(people, self.request.user, self.at)
        for person, count in zip(people, counts, strict=True):
            person.late = count
            person.may_act = person.team_id in self.teams_run
        table = self.get_table(people)
        return context | {"table": table} | self._acts(context)

    def _acts(self, context):
        """Return what can be done for how many of those who match."""
        if not self.teams_run:
            return {}
        return {
            "acts": [(verb, page.title) for verb, page in PAGES.items()],
            "all_acting": self.object_list.filter(team__in=self.teams_run).count(),
            "carried": filters_in(self.request),
        }

    @cached_property
    def no_results_message(self):
        if self.is_searching or self.is_filtering:
            return gettext_lazy("No people match.")
        return gettext_lazy("Nobody learns in your teams yet.")

"""The columns and filters of the list of a team's people."""

from django.utils.translation import gettext_lazy
from django_filters.filters import ChoiceFilter
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn

from training.teams.models import Membership


class MemberFilterSet(WagtailFilterSet):
    role = ChoiceFilter(
        label=gettext_lazy("Role"),
        choices=Membership.Role.choices,
        empty_label=gettext_lazy("Any"),
    )

    class Meta:
        model = Membership
        fields = []


class MemberColumn(Column):
    cell_template_name = "training/teams/columns/person.html"


class InvitationColumn(Column):
    cell_template_name = "training/teams/columns/invitation.html"


class MemberActionsColumn(Column):
    cell_template_name = "training/teams/columns/member_actions.html"


COLUMNS = [
    MemberColumn(
        "person",
        label=gettext_lazy("Person"),
        accessor="learner",
        sort_key="learner__user__last_name",
    ),
    Column(
        "role",
        label=gettext_lazy("Role"),
        accessor="get_role_display",
        sort_key="role",
    ),
    DateColumn(
        "joined_at",
        label=gettext_lazy("Joined"),
        sort_key="joined_at",
        classname="training-wide",
    ),
    InvitationColumn("invited_until", label=gettext_lazy("Account")),
]

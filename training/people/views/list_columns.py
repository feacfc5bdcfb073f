"""The columns of the list of people: which there are, and which are shown."""

import datetime as dt
from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column

from progress.rules.days import day_in
from training.reports.views.columns import DayColumn, LineColumn, PersonColumn
from training.teams.models import Membership
from training.teams.wording.accounts import MAIL_FAILS, account_state


class TickColumn(Column):
    """A box to choose the person for something that is done for several."""

    cell_template_name = "training/people/columns/tick.html"


class CorrectColumn(Column):
    """A link to correct the name, or the address of an invitation."""

    cell_template_name = "training/people/columns/correct.html"


class StaffColumn(PersonColumn):
    """The name, the address, and what is known about their work."""

    cell_template_name = "training/teams/columns/person.html"

    def exported(self, line):
        return str(line.learner.user)


class AccountColumn(LineColumn):
    """Whether they have come in, or until when their invitation is open."""

    cell_template_name = "training/teams/columns/invitation.html"

    def exported(self, line):
        states = [account_state(line)]
        return " · ".join(states + [str(MAIL_FAILS)] * line.mail_fails)


def _day_joined(person: Membership) -> dt.date:
    return day_in(person.joined_at, person.team.time_zone)


TICK = TickColumn("select", label=_("Select"), accessor="pk")
CORRECT = CorrectColumn("correct", label=_("Change"), accessor="pk")
PERSON = StaffColumn(
    "person",
    label=_("Person"),
    accessor="learner",
    sort_key="learner__user__last_name",
)
CHOICE: dict[str, LineColumn] = {
    column.name: column
    for column in (
        LineColumn("team", label=_("Team"), sort_key="team__name"),
        LineColumn("overdue", label=_("Overdue"), accessor="late.overdue"),
        LineColumn("due_soon", label=_("Due soon"), accessor="late.due_soon"),
        DayColumn(
            "next_due",
            label=_("First due"),
            accessor="late.next_due",
            sort_key="next_due",
        ),
        AccountColumn("invited_until", label=_("Account")),
        DayColumn(
            "joined_at",
            label=_("Joined"),
            accessor=_day_joined,
            sort_key="joined_at",
        ),
        LineColumn("staff_number", label=_("Staff number"), sort_key="staff_number"),
        LineColumn("job_title", label=_("Job title"), sort_key="job_title"),
        LineColumn("site", label=_("Site"), sort_key="site"),
    )
}
"""Name → column that a trainer can choose, in their order."""
USUAL = ("team", "overdue", "due_soon", "next_due", "invited_until")


def columns_named(names: Iterable[str] | None) -> list[LineColumn]:
    """Return these columns in their order; the usual ones for None."""
    known = set(USUAL if names is None else names)
    return [column for name, column in CHOICE.items() if name in known]

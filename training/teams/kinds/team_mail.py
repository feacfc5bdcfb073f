"""What mail about teams has in common."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from mail.kinds import MailKind
from mail.models import Message
from mail.rules import QuietHours
from training.teams.models import Team, site_time_zone

# Who can say why somebody got a mail, by who it is: each reads what they can do.
LEARNERS = _(
    "Anteroom sends this by itself. Whoever looks after your training can tell you why"
    " you got it."
)
TRAINERS = _("Anteroom sends this by itself. Training → Mail says why you got it.")
MANAGERS = _(
    "Anteroom sends this by itself, to the manager that the team's trainers named."
)


def quiet_hours_of(team: Team | None, zone: str = "") -> QuietHours:
    """Return the team's quiet hours; the usual ones of the zone where there is none."""
    if team is None:
        return QuietHours(zone or site_time_zone())
    return QuietHours(team.time_zone, team.quiet_from, team.quiet_until)


class TeamMail(MailKind):
    """A kind about a team, or about nothing but who gets it."""

    def about_rows(self) -> QuerySet[Team]:
        return Team.objects.all()

    def quiet_hours(self, message: Message) -> QuietHours:
        return quiet_hours_of(message.about)

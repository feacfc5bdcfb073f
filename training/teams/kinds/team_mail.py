"""What all mail about teams has in common."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from mail.kinds import MailKind
from mail.models import Message
from mail.rules.quiet_hours import QuietHours
from training.teams.models import Team, site_time_zone

# Who to ask about a message, for each kind of recipient.
LEARNERS = _(
    "This is an automatic message. The people who look after your training can tell"
    " you why you got it."
)
TRAINERS = _("This is an automatic message. Training → Mail shows why you got it.")
MANAGERS = _(
    "This is an automatic message to the manager named by the team's trainers."
)


def quiet_hours_of(team: Team | None, zone: str = "") -> QuietHours:
    """Return the team's quiet hours, or the default ones in the zone without a team."""
    if team is None:
        return QuietHours(zone or site_time_zone())
    return QuietHours(team.time_zone, team.quiet_from, team.quiet_until)


class TeamMail(MailKind):
    """A kind of mail about a team, or only about its recipient."""

    def about_rows(self) -> QuerySet[Team]:
        return Team.objects.all()

    def sender_name(self, message: Message) -> str:
        return message.about.sender_name if message.about else ""

    def quiet_hours(self, message: Message) -> QuietHours:
        return quiet_hours_of(message.about)

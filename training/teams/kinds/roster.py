"""Mail to trainers about a roster that a command applied, or would apply."""

from collections.abc import Iterator

from django.conf import settings
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mail.composing import compose_both
from mail.kinds import MessageText
from mail.models import Message
from training.teams.kinds.team_mail import TRAINERS, TeamMail


class RosterMail(TeamMail):
    """To each trainer of the team; `why` has the sentences."""

    code = "roster"
    label = _("roster")
    templates = ("training/teams/mail/roster",)

    def write_message(
        self, message: Message, at: object, facts: object
    ) -> MessageText | None:
        """Return the message; None if the team or a person in it was erased."""
        team, lines = message.about, message.why.get("lines")
        if not (team and lines):
            return None
        # Whoever is missing is chosen there, and taken out with a reason.
        query = urlencode({"team": team.pk, "roster": "missing"})
        return compose_both(
            "training/teams/mail/roster",
            gettext("Roster of %(team)s") % {"team": team.name},
            link=f"{settings.SITE_URL}{reverse('people:index')}?{query}",
            lines=lines,
            footer=TRAINERS,
            site=settings.SITE_URL,
        )

    def explain_message(self, message: Message) -> Iterator[str]:
        yield gettext(
            "A roster was applied to the team by a command, or tried, and this person"
            " is its trainer."
        )

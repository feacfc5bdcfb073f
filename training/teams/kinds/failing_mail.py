"""Tells trainers that e-mail to people in their teams comes back."""

from collections.abc import Iterator

from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from mail.composing import compose_message
from mail.kinds import MessageText
from mail.models import FailingAddress, Message
from training.teams.kinds.team_mail import TRAINERS, TeamMail
from training.teams.models import Membership, Team
from training.teams.queries.teams import trainers_in


class FailingMail(TeamMail):
    """To each trainer, once for all that came back at the same time."""

    code = "mail_fails"
    label = _("e-mail comes back")
    templates = ("training/teams/mail/mail_fails",)

    def write_message(
        self, message: Message, at: object, facts: object
    ) -> MessageText | None:
        """Return the message; None if all of it has been dealt with."""
        teams = trainers_in(learner__user=message.recipient).values("team")
        people = list(_people(message, teams))
        managers = list(_managers(message, teams))
        if not (people or managers):
            return None
        return compose_message(
            self.templates[0],
            path=f"{reverse('people:index')}?mail=fails",
            link=_("People whose e-mail comes back"),
            footer=TRAINERS,
            name=message.recipient.first_name,
            people=people,
            managers=managers,
        )

    def explain_message(self, message: Message) -> Iterator[str]:
        yield gettext(
            "E-mail to somebody in this trainer's teams came back. Trainers get one"
            " e-mail for all that came back at the same time."
        )


def _people(message, teams) -> Iterator[tuple[User, Team]]:
    marks = FailingAddress.objects.filter(since=message.scheduled_for)
    rows = Membership.objects.current().filter(
        team__in=teams, learner__user__email__in=marks.values("address")
    )
    for row in rows.select_related("team", "learner__user").order_by("team", "pk"):
        yield row.learner.user, row.team


def _managers(message, teams) -> Iterator[Team]:
    """Return the teams whose manager's mail came back, and who still have them."""
    rows = Message.objects.bounced().filter(
        bounced_at=message.scheduled_for,
        recipient=None,
        about_type=ContentType.objects.get_for_model(Team),
    )
    for team in Team.objects.filter(pk__in=teams).order_by("pk"):
        if rows.filter(about_id=team.pk, address=team.manager_email).exists():
            yield team

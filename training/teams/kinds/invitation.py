"""Mail about joining a team: a link to set a password, or that somebody was added."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence

from django.conf import settings
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mail.composing import compose_both
from mail.kinds import MessageText
from mail.models import Message
from training.teams.kinds.team_mail import TeamMail
from training.teams.models import Invitation, JoinLink, Membership
from training.teams.queries.asked import AskedCourse, asked_of
from training.teams.queries.invitation_links import (
    InvitationStatus,
    invitation_status,
    token_of,
)


class InvitationMail(TeamMail):
    """About an invitation, a membership or a join link, as `topic_key` says."""

    code = "invitation"
    label = _("invitation")
    templates = (
        "training/teams/mail/invited",
        "training/teams/mail/added",
        "training/teams/mail/may_join",
    )
    tries_failing_addresses = True

    @staticmethod
    def current_facts(
        messages: Sequence[Message], at: dt.datetime
    ) -> Mapping[int, Sequence[AskedCourse]]:
        """Return primary key → what the person is asked to learn in the team."""
        asked = asked_of({each.recipient_id for each in messages} - {None}, at)
        return {
            message.pk: [
                course
                for course in asked.get(message.recipient_id, ())
                if course.team in (None, message.about_id)
            ]
            for message in messages
        }

    def write_message(
        self, message: Message, at: dt.datetime, facts: Sequence[AskedCourse] | None
    ) -> MessageText | None:
        """Return the message, or None if it no longer applies."""
        about, _colon, number = message.topic_key.partition(":")
        return {
            "invitation": _set_a_password,
            "membership": _was_added,
            "join_link": _may_join,
        }[about](message, int(number), at, facts or ())

    def explain_message(self, message: Message) -> Iterator[str]:
        yield gettext(
            "This person was invited to a team; the e-mail contains a link to join."
        )


def _set_a_password(message, number, at, asked):
    rows = Invitation.objects.select_related("team", "learner__user", "invited_by")
    invitation = rows.get(pk=number)
    if invitation_status(invitation, at) is not InvitationStatus.OPEN:
        return None
    link = reverse("accept_invitation", args=[token_of(invitation)])
    if code := message.why.get("code"):
        link += "?" + urlencode({"next": reverse("join_team", args=[code])})
    return _compose(
        "invited",
        gettext("Choose a password for %(team)s"),
        link,
        invitation.team,
        invitation=invitation,
        asked_themself=bool(code),
        asked=asked,
        contact=_contact(invitation.team, None if code else invitation.invited_by),
    )


def _was_added(message, number, at, asked):
    rows = Membership.objects.current().select_related("team", "learner__user")
    membership = rows.filter(pk=number, learner__user__is_active=True).first()
    if membership is None:
        return None
    subject = gettext("You were added to %(team)s")
    learns = membership.role == Membership.Role.MEMBER
    page = reverse("my_learning") if learns else reverse("wagtailadmin_home")
    return _compose(
        "added",
        subject,
        page,
        membership.team,
        membership=membership,
        asked=asked if learns else (),
        contact=_contact(membership.team, None),
    )


def _may_join(message, number, at, asked):
    link = JoinLink.objects.select_related("team").get(pk=number)
    if not link.is_open(at):
        return None
    page = reverse("join_team", args=[link.code])
    return _compose("may_join", gettext("Join %(team)s"), page, link.team)


def _contact(team, inviter):
    """Return where to ask: what the team says, or else whoever invites."""
    if team.contact or not inviter:
        return team.contact
    name = inviter.get_full_name()
    return f"{name} ({inviter.email})" if name else inviter.email


def _compose(template, subject, link, team, **context):
    return compose_both(
        f"training/teams/mail/{template}",
        subject % {"team": team.name},
        link=settings.SITE_URL + link,
        team=team,
        site=settings.SITE_URL,
        **context,
    )

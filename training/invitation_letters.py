"""The mails that lead into a team: to set a password, or that one was added."""

import datetime as dt

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from training.invitation_links import Standing, standing, token_of
from training.letters import Letter
from training.models import Invitation, JoinLink, Membership, Notice


def write_invitation(notice: Notice, at: dt.datetime) -> Letter | None:
    """Return the letter, or None where what it says is not true any more.

    By `subject_key` it is about an invitation, a membership or a join link.
    """
    about, _colon, number = notice.subject_key.partition(":")
    return {
        "invitation": _set_a_password,
        "membership": _was_added,
        "join_link": _may_join,
    }[about](notice, int(number), at)


def _set_a_password(notice, number, at):
    rows = Invitation.objects.select_related("team", "learner__user", "invited_by")
    invitation = rows.get(pk=number)
    if standing(invitation, at) is not Standing.OPEN:
        return None
    link = reverse("accept_invitation", args=[token_of(invitation)])
    if code := notice.why.get("code"):
        link += "?" + urlencode({"next": reverse("join_team", args=[code])})
    subject = _("Choose a password for %(team)s")
    return _letter(
        "invited",
        subject,
        link,
        invitation.team,
        invitation=invitation,
        asked_themself=bool(code),
    )


def _was_added(notice, number, at):
    rows = Membership.objects.current().select_related("team", "learner__user")
    membership = rows.filter(pk=number, learner__user__is_active=True).first()
    if membership is None:
        return None
    subject = _("You were added to %(team)s")
    learns = membership.role == Membership.Role.MEMBER
    page = "/my-learning/" if learns else reverse("wagtailadmin_home")
    return _letter("added", subject, page, membership.team, membership=membership)


def _may_join(notice, number, at):
    link = JoinLink.objects.select_related("team").get(pk=number)
    if not link.is_open(at):
        return None
    page = reverse("join_team", args=[link.code])
    return _letter("may_join", _("Join %(team)s"), page, link.team)


def _letter(template, subject, link, team, **context):
    context |= {"link": settings.SITE_URL + link, "team": team}
    context |= {"site": settings.SITE_URL, "subject": subject % {"team": team.name}}
    return Letter(
        subject=" ".join(context["subject"].split()),
        text=render_to_string(f"training/mail/{template}.txt", context),
        html=render_to_string(f"training/mail/{template}.html", context),
    )

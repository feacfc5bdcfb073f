"""Somebody who is invited, the mail they get, and its link."""

import re

from django.urls import reverse
from django.utils import timezone

from mail.models import Message
from training.teams.kinds.invitation import InvitationMail
from training.teams.queries.invitation_links import token_of

PASSWORD = "a horse that is correct"
ANN = "ann@example.org"


def newest_mail(at=None):
    """Return the newest mail, as it would be sent now."""
    message = Message.objects.latest("pk")
    return InvitationMail().write_message(message, at or timezone.now(), None)


def link_in(text):
    """Return the path of the link that the mail shows."""
    return re.search(r"http://[^/\s]+(/\S+)", text)[1]


def choose(client, path, password=PASSWORD, follow=False):
    form = {"password1": password, "password2": password}
    return client.post(path, form, follow=follow)


def path_of(invitation):
    return reverse("accept_invitation", args=[token_of(invitation)])

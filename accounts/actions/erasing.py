"""Blanking an account: the row is kept, the identity is not."""

import json
import uuid
from datetime import datetime

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth import SESSION_KEY
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db import transaction
from wagtail.models import ModelLogEntry
from wagtail.users.models import UserProfile

from accounts.actions.deletion import decide_by_erasing
from accounts.models import User


@transaction.atomic
def blank_account(user: User, at: datetime) -> None:
    """Remove everything that identifies the account's owner or lets them sign in.

    The row is kept, closed, for the rows that refer to it. Safe to call again.
    """
    # Before its addresses, as whoever changes them does.
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    EmailAddress.objects.filter(user=user).delete()
    Authenticator.objects.filter(user=user).delete()
    SocialAccount.objects.filter(user=user).delete()
    end_sessions(user)
    user.address_proposals.all().delete()
    decide_by_erasing(user, at)
    _blank_profile(user)
    user.groups.clear()
    user.user_permissions.clear()
    user.email = f"erased-{uuid.uuid4()}@erased.invalid"
    user.first_name = user.last_name = ""
    user.is_active = user.is_staff = user.is_superuser = False
    user.last_login = None
    user.set_unusable_password()
    user.save()
    _blank_log(user)


def end_sessions(user):
    """End the user's sessions, and others that contain the address for a code.

    Sessions only name people in their data, so each one has to be read.
    """
    for session in Session.objects.iterator():
        held = session.get_decoded()
        if held.get(SESSION_KEY) == str(user.pk) or _names(held, user.email):
            session.delete()


def end_code_sessions(address: str) -> None:
    """End the sessions in which a code that was sent to the address could be used."""
    for session in Session.objects.iterator():
        held = session.get_decoded()
        if SESSION_KEY not in held and _names(held, address):
            session.delete()


def _names(held, address):
    words = json.dumps(held, default=str, ensure_ascii=False).lower()
    return address.lower() in words


def _blank_profile(user):
    for profile in UserProfile.objects.filter(user=user):
        if profile.avatar:
            profile.avatar.delete(save=False)
        profile.delete()


def _blank_log(user):
    """Blank the names that Wagtail's log of changes to users keeps as labels."""
    ModelLogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(User), object_id=str(user.pk)
    ).update(label="erased", data={})

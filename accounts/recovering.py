"""What people ask of administrators: a way back without a phone, and to be deleted."""

from datetime import datetime

from allauth.account.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Permission
from django.db import transaction
from django.db.models import Q
from django.utils.formats import date_format
from wagtail.log_actions import log

from accounts.erasing import end_sessions
from accounts.models import User

ADMINISTRATORS = "accounts.change_user"


def may_reset_second_step(by: User, user: User) -> bool:
    """Return whether `by` may: never their own, and a superuser's only as one."""
    may = by.has_perm(ADMINISTRATORS) and by.pk != user.pk
    return may and (by.is_superuser or not user.is_superuser)


@transaction.atomic
def reset_second_step(*, user: User, reason: str, by: User, at: datetime) -> bool:
    """Take the second step and its recovery codes away; return whether there was one.

    The reason stands in the history of the user. They are told by mail, and their
    sessions end. Where there is none, nothing happens.
    """
    gone, _each = Authenticator.objects.filter(user=user).delete()
    if not gone:
        return False
    end_sessions(user)
    action, data = "accounts.reset_second_step", {"reason": reason}
    log(instance=user, action=action, user=by, data=data, timestamp=at)
    told = {"by": str(by), "reason": reason}
    get_adapter().send_mail("account/email/second_step_reset", user.email, told)
    return True


@transaction.atomic
def ask_for_deletion(*, user: User, at: datetime) -> None:
    """Note in the user's history that they ask to be deleted, and tell administrators."""
    log(instance=user, action="accounts.ask_for_deletion", user=user, timestamp=at)
    told = {"address": user.email, "day": date_format(at, "j F Y")}
    for administrator in _administrators():
        get_adapter().send_mail(
            "account/email/deletion_asked", administrator.email, told
        )


def _administrators():
    app, _dot, codename = ADMINISTRATORS.partition(".")
    may = Permission.objects.filter(content_type__app_label=app, codename=codename)
    chosen = Q(is_superuser=True) | Q(groups__permissions__in=may)
    return User.objects.filter(chosen, is_active=True).distinct()

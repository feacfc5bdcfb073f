"""Requests for accounts to be deleted, which administrators decide."""

import datetime as dt
import shlex

from allauth.account.adapter import get_adapter
from django.contrib.auth.models import Permission
from django.db import IntegrityError, transaction
from django.db.models import F, Q, Value
from django.db.models.functions import Greatest
from django.utils import timezone
from django.utils.formats import date_format
from wagtail.log_actions import log

from accounts.models import DeletionRequest, User

ADMINISTRATORS = "accounts.change_user"


def may_decide(user: User) -> bool:
    """Return whether the user can see and decide deletion requests."""
    return user.has_perm(ADMINISTRATORS)


def may_act_on(user: User, person: User) -> bool:
    """Return whether the user may erase, export or recover the person's account.

    Never their own, and a superuser's only as one.
    """
    is_other = may_decide(user) and user.pk != person.pk
    return is_other and (user.is_superuser or not person.is_superuser)


def open_request(user: User) -> DeletionRequest | None:
    """Return the user's request that has not been decided yet."""
    return user.deletion_requests.filter(decided_at=None).first()


def erasing_command(user: User) -> str:
    """Return the command that erases the user everywhere, quoted for a shell.

    An address may contain a backtick, an apostrophe or a dollar sign (RFC 5322, 3.2.3).
    """
    return f"manage.py erase_person {shlex.quote(user.email)}"


def ask_for_deletion(*, user: User, at: dt.datetime) -> DeletionRequest:
    """Record that the user asks to be deleted, and notify administrators.

    Returns the request. Asking again while it is open changes nothing and notifies
    nobody.
    """
    waiting = open_request(user)
    if waiting:
        return waiting
    try:
        with transaction.atomic():
            return _ask(user, at)
    except IntegrityError:
        # The same request was submitted twice at the same time.
        return user.deletion_requests.get(decided_at=None)


def _ask(user, at):
    request = DeletionRequest.objects.create(user=user, asked_at=at)
    log(instance=user, action="accounts.ask_for_deletion", user=user, timestamp=at)
    context = {
        "address": user.email,
        "command": erasing_command(user),
        "day": date_format(timezone.localtime(at), "DATE_FORMAT"),
        "due": date_format(request.due_on, "DATE_FORMAT"),
        "days": DeletionRequest.DAYS,
    }
    for administrator in _administrators():
        get_adapter().send_mail(
            "account/email/deletion_asked", administrator.email, context
        )
    return request


def _administrators():
    app, _dot, codename = ADMINISTRATORS.partition(".")
    may = Permission.objects.filter(content_type__app_label=app, codename=codename)
    chosen = Q(is_superuser=True) | Q(groups__permissions__in=may)
    return User.objects.filter(chosen, is_active=True).distinct()


@transaction.atomic
def answer_without_erasing(
    *, request: DeletionRequest, reason: str, by: User, at: dt.datetime
) -> bool:
    """Decide it with a reason, e-mailed and kept; return whether it was still open."""
    waiting = DeletionRequest.objects.filter(pk=request.pk, decided_at=None)
    if not waiting.update(decided_at=at, decided_by=by, reason=reason):
        return False
    user, action = request.user, "accounts.answer_deletion"
    log(instance=user, action=action, user=by, data={"reason": reason}, timestamp=at)
    context = {"reason": reason, "by": str(by)}
    get_adapter().send_mail("account/email/deletion_answered", user.email, context)
    return True


def decide_by_erasing(user: User, at: dt.datetime) -> None:
    """Record that it was done; reasons given to the person are erased with them."""
    # Somebody may have asked after the erasing began.
    decided_at = Greatest(F("asked_at"), Value(at))
    user.deletion_requests.filter(decided_at=None).update(decided_at=decided_at)
    user.deletion_requests.update(reason="")

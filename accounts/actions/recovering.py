"""Recovery for people who have lost their phone and recovery codes."""

from datetime import datetime

from allauth.account.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.db import transaction
from wagtail.log_actions import log

from accounts.actions.erasing import end_sessions
from accounts.models import User


@transaction.atomic
def reset_second_step(*, user: User, reason: str, by: User, at: datetime) -> bool:
    """Remove the second step and its recovery codes; return whether there was one.

    The reason is kept in the user's history. The user is notified by e-mail, and their
    sessions end. If there is no second step, nothing happens.
    """
    gone, _each = Authenticator.objects.filter(user=user).delete()
    if not gone:
        return False
    end_sessions(user)
    action, data = "accounts.reset_second_step", {"reason": reason}
    log(instance=user, action=action, user=by, data=data, timestamp=at)
    context = {"by": str(by), "reason": reason}
    get_adapter().send_mail("account/email/second_step_reset", user.email, context)
    return True

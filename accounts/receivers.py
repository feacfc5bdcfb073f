"""Receivers of signals of Django and of the account library."""

import functools
import logging

from allauth.account import signals as account_signals
from allauth.mfa import signals as second_step_signals
from django.contrib.auth import signals as auth_signals
from django.utils import timezone

from accounts.actions.learners import erase_person
from accounts.models import Learner

security_log = logging.getLogger("accounts.security")

SECURITY_EVENTS = {
    account_signals.user_logged_in: "signed in",
    auth_signals.user_logged_out: "signed out",
    auth_signals.user_login_failed: "failed to sign in",
    account_signals.login_code_rejected: "typed a wrong sign-in code",
    account_signals.password_reset_code_rejected: "typed a wrong reset code",
    account_signals.password_set: "set a password",
    account_signals.password_changed: "changed the password",
    account_signals.password_reset: "reset the password",
    account_signals.email_changed: "changed the e-mail address",
    second_step_signals.authentication_failed: "failed at the second step",
    second_step_signals.authenticator_added: "added a second step",
    second_step_signals.authenticator_removed: "removed a second step",
    second_step_signals.authenticator_reset: "made new recovery codes",
}


def log_security_events():
    """Log each of the events with the number of the account, and nothing else of it."""
    for signal, event in SECURITY_EVENTS.items():
        receiver = functools.partial(_log_event, event)
        signal.connect(receiver, weak=False, dispatch_uid=f"security log: {event}")


def _log_event(event, user=None, **kwargs):
    security_log.info("Account %s %s.", getattr(user, "pk", "unknown"), event)


def user_goes(instance, **kwargs):
    """Erase the person when their account is deleted."""
    learner = Learner.objects.present().filter(user=instance).first()
    erase_person(learner=learner, user=instance, at=timezone.now())

"""Adapts the account library to this site."""

import datetime as dt

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from allauth.core import context as library
from django.conf import settings
from django.contrib import messages
from django.contrib.sites.shortcuts import get_current_site
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.actions.learners import attach_learning, trust_address
from accounts.actions.sending import frame_email, send_or_keep
from accounts.identity import drop_learner_cookie, token_in
from accounts.register import sign_in_follow_ups

CODE_LASTS = dt.timedelta(seconds=settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT)
WORDS_LAST = dt.timedelta(days=1)


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("This account is closed."),
        "email_password_mismatch": _("The e-mail address or password is incorrect."),
        "incorrect_code": _("This code is incorrect. Check the newest e-mail."),
        "incorrect_password": _("This password is incorrect."),
        "enter_current_password": _("Enter your current password."),
        "email_taken": _("Someone already uses this e-mail address."),
        "duplicate_email": _("This is already your e-mail address."),
        "too_many_login_attempts": _(
            "Too many attempts. Wait 5 minutes, or ask for a code instead."
        ),
        "rate_limited": _("Too many attempts. Wait a few minutes, then try again."),
    }

    def is_open_for_signup(self, request):
        return settings.SIGN_UP_OPEN

    def render_mail(self, template_prefix, email, context, headers=None):
        """Return the message as plain text and as HTML made from it."""
        message = super().render_mail(template_prefix, email, context, headers)
        framed = frame_email(subject=message.subject, text=message.body)
        message.attach_alternative(framed, "text/html")
        return message

    def send_mail(self, template_prefix, email, context):
        """Send it now; if the mail server is down, keep it in the outbox."""
        request, at = library.request, timezone.now()
        facts = {
            "request": request,
            "email": email,
            "current_site": get_current_site(request),
        }
        message = self.render_mail(template_prefix, email, facts | context)
        lasts = CODE_LASTS if "code" in context else WORDS_LAST
        about = context.get("user")
        if not send_or_keep(message=message, about=about, at=at, until=at + lasts):
            messages.warning(
                request,
                gettext(
                    "The mail server is not responding. We will send your e-mail as soon"
                    " as it does, which may take a few minutes."
                ),
            )

    def _get_login_attempts_cache_key(self, request, **credentials):
        """Return the key under which failed attempts at an account are counted.

        The library's contains the `Host` header. Whoever guesses could choose another
        port in it for every few attempts, and would never be locked out.
        """
        return credentials.get("email", credentials.get("username", "")).lower()

    def pre_login(self, request, user, **login):
        # Signing up leaves an address to be confirmed. If there is none, an
        # administrator or a command created the account and vouches for its address.
        if user.is_active and not EmailAddress.objects.filter(user=user).exists():
            trust_address(user=user)
        return super().pre_login(request, user, **login)

    def post_login(self, request, user, **login):
        """Merge what was learnt in this browser; any second factor has been checked."""
        response = super().post_login(request, user, **login)
        token = token_in(request)
        if token:
            attach_learning(user=user, token=token, at=timezone.now())
            drop_learner_cookie(response)
        for follow_up in sign_in_follow_ups():
            follow_up(request, response, user)
        return response

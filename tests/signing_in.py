"""How tests sign in, and what they read from mails and authenticator apps."""

import re
import time

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp

PASSWORD = "correct horse battery"


def with_password(user):
    """Return the user, who now has a password."""
    user.set_password(PASSWORD)
    user.save()
    return user


def sign_in(client, user, *, password=PASSWORD, to="/progress/", follow=False):
    """Post the sign-in form and return the response, not followed unless asked for."""
    form = {"login": user.email, "password": password, "next": to}
    return client.post("/account/login/", form, follow=follow)


def mailed_code(mailoutbox):
    """Return the code in the newest mail: a line of its own."""
    return re.search(r"^([A-Z0-9]{3,}(?:-[A-Z0-9]{3,})?)$", mailoutbox[-1].body, re.M)[
        1
    ]


def with_second_factor(user):
    """Return the secret of the user's new authenticator app."""
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(user, secret)
    RecoveryCodes.activate(user)
    return secret


def app_code(secret, *, at=None):
    """Return what an authenticator app with this secret shows now."""
    counter = int((at or time.time()) // 30)
    return totp.format_hotp_value(totp.hotp_value(secret, counter))

"""Setting up an authenticator app."""

from allauth.core import context
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY

from accounts.forms.plain import PlainErrors


class AppForm(PlainErrors, ActivateTOTPForm):
    """Shows the same key until it is used or the session ends.

    The library creates a new key for each view: after going back, or after a mistyped
    code, the app would hold a key that is no longer on the page.
    """

    def __init__(self, *args, **kwargs):
        session = context.request.session
        shown_before = session.get(SECRET_SESSION_KEY)
        super().__init__(*args, **kwargs)
        if shown_before:
            self.secret = session[SECRET_SESSION_KEY] = shown_before

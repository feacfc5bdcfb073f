"""The account library's forms, in the words of this site."""

from allauth.account import forms
from django.utils.translation import gettext_lazy as _


class _Address:
    """Calls the address what the rest of the site calls it."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in {"login", "email"} & set(self.fields):
            self.fields[name].label = _("E-mail address")


class SignInForm(_Address, forms.LoginForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["remember"].label = _("Keep me signed in on this device")


class SignUpForm(_Address, forms.SignupForm):
    pass


class CodeForm(_Address, forms.RequestLoginCodeForm):
    pass


class NewPasswordForm(_Address, forms.ResetPasswordForm):
    pass


class NewAddressForm(_Address, forms.AddEmailForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("New e-mail address")

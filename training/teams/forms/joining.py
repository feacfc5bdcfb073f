"""The forms people fill in to join a team."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.fields import AddressInput
from accounts.forms.plain import PlainForm


class JoinCodeForm(PlainForm):
    code = forms.RegexField(
        r"^[\s\w-]{1,20}$",
        label=_("Code"),
        help_text=_("10 letters and numbers, from your trainer."),
        error_messages={"invalid": _("A code contains only letters and numbers.")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class JoinAddressForm(PlainForm):
    email = AddressInput(
        label=_("E-mail address"),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

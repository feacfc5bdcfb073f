"""The new address of somebody who has signed in."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.fields import AddressInput
from accounts.forms.plain import PlainForm
from accounts.rules.names import clean_address


class ProposedAddressForm(PlainForm):
    """The address, which must differ from the present one."""

    email = AddressInput(label=_("New e-mail address"))

    def __init__(self, *args, present: str, **kwargs):
        super().__init__(*args, **kwargs)
        self._present = present

    def clean_email(self) -> str:
        email = self.cleaned_data["email"]
        if clean_address(email) == clean_address(self._present):
            text = gettext("This is the person's present address.")
            raise forms.ValidationError(text)
        return email

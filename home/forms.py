"""The code that switches tablets into the mode for waiting rooms."""

from django import forms
from django.contrib.auth.hashers import make_password
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from accounts.forms.plain import PlainErrors, PlainForm


class NewTabletCodeForm(PlainErrors, WagtailAdminModelForm):
    """Stores only a hash of the code; a new code replaces the old one."""

    new_code = forms.CharField(
        label=_("New code"),
        min_length=8,
        max_length=64,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_(
            "At least 8 characters. Staff type it at /tablet/ on the device, to switch"
            " the mode on or off. It is not shown again."
        ),
    )

    def save(self, commit=True):  # noqa: FBT002 -- Django's own signature
        self.instance.code_hash = make_password(self.cleaned_data["new_code"])
        return super().save(commit=commit)


class TabletCodeForm(PlainForm):
    code = forms.CharField(
        label=_("Code of this site"),
        max_length=64,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )

"""The code of the day, as somebody in the room types it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.plain import PlainForm


class DayCodeForm(PlainForm):
    code = forms.CharField(
        label=_("Code of the day"),
        max_length=20,
        help_text=_("6 letters and numbers. It is on the sheet, and said in the room."),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters"}
        ),
    )

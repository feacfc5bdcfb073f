"""The form “Was this clear?”."""

import uuid

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.plain import PlainForm
from clarity.models import MOST_CHARACTERS

CLEAR, UNCLEAR = "yes", "no"


class ClarityForm(PlainForm):
    """Yes or no, and words if somebody likes. `form_key` makes two posts one."""

    clear = forms.ChoiceField(
        label=_("Was this lesson clear?"),
        choices=[(CLEAR, _("Yes")), (UNCLEAR, _("No"))],
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose “Yes” or “No”."),
            "invalid_choice": _("Choose “Yes” or “No”."),
        },
    )
    words = forms.CharField(
        label=_("What was unclear, or what helped? (optional)"),
        help_text=_("Do not write your name or anything about your own health."),
        max_length=MOST_CHARACTERS,
        required=False,
        widget=forms.Textarea,
        error_messages={"max_length": _("Shorten what you wrote to 300 letters.")},
    )
    form_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

"""What people fill in to carry on elsewhere."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.plain import PlainForm
from progress.rules.resume_words import LONGEST


class ResumeForm(PlainForm):
    words = forms.CharField(
        label=_("Your five words"),
        help_text=_(
            "In the order in which you wrote them down. Capitals do not matter, nor does"
            " one wrong letter in a word."
        ),
        max_length=LONGEST,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "off",
                "autocapitalize": "none",
                "spellcheck": "false",
            }
        ),
    )

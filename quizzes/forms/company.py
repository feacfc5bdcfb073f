"""With whom somebody answers a quiz. Nobody has to say."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.plain import PlainForm
from quizzes.models import Attempt


class CompanyForm(PlainForm):
    company = forms.ChoiceField(
        choices=[("", _("on my own")), *Attempt.Company.choices], required=False
    )
    opened_for = forms.CharField(required=False)

"""Forms of the review."""

from django import forms

from accounts.forms.plain import PlainForm


class ConfirmKeyForm(PlainForm):
    """A question and its FAQ entry, with digests of what was shown."""

    question_key = forms.UUIDField()
    question_seen = forms.CharField(max_length=64)
    wording = forms.CharField(max_length=64)

"""Forms of the review."""

from django import forms


class ConfirmKeyForm(forms.Form):
    """A question and its FAQ entry, with digests of what was shown."""

    question_key = forms.UUIDField()
    question_seen = forms.CharField(max_length=64)
    wording = forms.CharField(max_length=64)

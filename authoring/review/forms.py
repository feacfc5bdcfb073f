"""Forms of the review."""

from django import forms


class ConfirmKeyForm(forms.Form):
    """A question as it was shown, and the wording of its FAQ entry."""

    question_key = forms.UUIDField()
    question_seen = forms.CharField(max_length=64)
    wording = forms.CharField(max_length=64)

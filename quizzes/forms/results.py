"""The form below a notice: the time up to which the notice covers changes."""

from django import forms

from accounts.forms.plain import PlainForm


class SeenForm(PlainForm):
    until = forms.DateTimeField(widget=forms.HiddenInput)

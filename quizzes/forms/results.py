"""The form below a notice: the time up to which the notice covers changes."""

from django import forms


class SeenForm(forms.Form):
    until = forms.DateTimeField(widget=forms.HiddenInput)

"""What the form below a notice says: up to when it told what was marked again."""

from django import forms


class SeenForm(forms.Form):
    until = forms.DateTimeField(widget=forms.HiddenInput)

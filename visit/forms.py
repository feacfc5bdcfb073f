"""What the forms of a visit hold."""

import uuid

from django import forms

from accounts.forms.plain import PlainForm
from visit.rules.passing_on import read_keys

CHANGES = ("up", "down", "strike-out", "ask-after-all", "remove")


class KeysField(forms.CharField):
    """Ids as `visit.rules.passing_on` writes them; what is no id is left out."""

    def to_python(self, value):
        return read_keys(super().to_python(value))

    def validate(self, value):
        if self.required and not value:
            raise forms.ValidationError(self.error_messages["required"])


class ChoiceForm(PlainForm):
    """The question to add, and which others of its lesson were ticked, and are now.

    `opened_for` says who the page was shown to; it is blank for a browser that was not
    known yet. `has_record` says whether something was kept about them.
    """

    question = forms.UUIDField(required=False)
    before = KeysField(required=False)
    has_record = forms.BooleanField(required=False)
    opened_for = forms.CharField(required=False)


class ChangeForm(PlainForm):
    """A button on the list: what it does, to which question, and at which place."""

    do = forms.CharField()
    opened_for = forms.CharField(required=False)

    def clean_do(self) -> tuple[str, uuid.UUID, int]:
        """Return the change, the question's key and its place on the page."""
        change, _, rest = self.cleaned_data["do"].partition(":")
        key, _, place = rest.partition(":")
        if change not in CHANGES or not place.isdecimal():
            raise forms.ValidationError("There is no such button.")
        return change, forms.UUIDField().clean(key), int(place)

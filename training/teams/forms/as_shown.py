"""Forms over saved values that ask again if these changed after the page was opened."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from accounts.forms.plain import PlainForm
from course.rules.digests import digest_json


class AsShown(PlainForm):
    """Carries a digest of the values shown when the page was opened.

    If the saved values have changed since, nothing is overwritten: the form shows the
    current values, keeps what was typed, and must be submitted again.
    """

    shown = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.initial["shown"] = self._now = self._digest()

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if self.data.get(self.add_prefix("shown"), self._now) != self._now:
            self._ask_again()
        return cleaned

    def _digest(self) -> str:
        values = {field.name: str(field.initial) for field in self.visible_fields()}
        return digest_json(values)[:16]

    def _ask_again(self) -> None:
        self.data = self.data.copy()
        self.data[self.add_prefix("shown")] = self._now
        self.add_error(
            None, _("Someone else changed this while you had the page open.")
        )
        for field in self.visible_fields():
            if field.value() != field.initial and str(field.value()) != _text(field):
                now = _("It now says “%(text)s”. Save again to replace it with yours.")
                self.add_error(field.name, now % {"text": _text(field)})


def _text(field: forms.BoundField) -> str:
    """Return the current value as the page shows it."""
    value = "" if field.initial is None else field.initial
    choices = dict(getattr(field.field, "choices", ()))
    return str(choices.get(value, field.field.widget.format_value(value) or ""))

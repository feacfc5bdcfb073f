"""The name of a person, and the address of their invitation."""

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.fields import AddressInput, NameInput
from accounts.rules.names import LONGEST_NAME
from training.teams.forms.as_shown import AsShown


class PersonCorrectionForm(AsShown):
    """First and last name; the address only until somebody has signed in with it."""

    first_name = NameInput(
        label=_("First name"), required=False, max_length=LONGEST_NAME
    )
    last_name = NameInput(label=_("Last name"), required=False, max_length=LONGEST_NAME)
    email = AddressInput(
        label=_("E-mail address"),
        help_text=_(
            "Nobody has signed in with it yet. If you change it, a new invitation is"
            " sent there, and the link in the earlier one stops working."
        ),
    )

    def __init__(
        self, *args: Any, may_rename: bool, may_readdress: bool, **kwargs: Any
    ):
        super().__init__(*args, **kwargs)
        if not may_rename:
            del self.fields["first_name"], self.fields["last_name"]
        if not may_readdress:
            del self.fields["email"]
        self.initial["shown"] = self._now = self._digest()

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or {}
        had_name = self.initial.get("first_name") or self.initial.get("last_name")
        names = [cleaned.get(name) for name in ("first_name", "last_name")]
        if had_name and "first_name" in self.fields and not any(names):
            self.add_error("last_name", gettext("Enter a name."))
        return cleaned

"""The name of a person, the address of their invitation, and details of their work."""

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.fields import AddressInput, NameInput
from accounts.rules.names import LONGEST_NAME
from training.teams.forms.as_shown import AsShown
from training.teams.rules.work_details import (
    DETAILS,
    LONGEST_DETAIL,
    LONGEST_NUMBER,
    WorkDetails,
)


class PersonCorrectionForm(AsShown):
    """First and last name; the address only until somebody has signed in with it.

    Staff number, job title and site are those that one team knows.
    """

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

    staff_number = NameInput(
        label=_("Staff number"),
        required=False,
        max_length=LONGEST_NUMBER,
        help_text=_("Identifies the person in the team's rosters."),
    )
    job_title = NameInput(
        label=_("Job title"), required=False, max_length=LONGEST_DETAIL
    )
    site = NameInput(
        label=_("Site"),
        required=False,
        max_length=LONGEST_DETAIL,
        help_text=_("Where they work, such as a clinic or a building."),
    )

    def __init__(
        self,
        *args: Any,
        may_rename: bool,
        may_readdress: bool,
        has_details: bool,
        **kwargs: Any,
    ):
        super().__init__(*args, **kwargs)
        parts = {
            ("first_name", "last_name"): may_rename,
            ("email",): may_readdress,
            DETAILS: has_details,
        }
        for names, is_offered in parts.items():
            for name in () if is_offered else names:
                del self.fields[name]
        self.initial["shown"] = self._now = self._digest()

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or {}
        had_name = self.initial.get("first_name") or self.initial.get("last_name")
        names = [cleaned.get(name) for name in ("first_name", "last_name")]
        if had_name and "first_name" in self.fields and not any(names):
            self.add_error("last_name", gettext("Enter a name."))
        return cleaned

    @property
    def details(self) -> WorkDetails | None:
        """The details as they were sent; None if the form has none."""
        if DETAILS[0] not in self.fields:
            return None
        return WorkDetails(**{name: self.cleaned_data[name] for name in DETAILS})

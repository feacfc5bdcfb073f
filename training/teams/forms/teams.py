"""Forms about a team and the people in it."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models.functions import Lower
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.localization import get_available_admin_time_zones

from accounts.fields import AddressInput, refuse_control_characters
from accounts.forms.plain import PlainForm
from accounts.models import User
from accounts.rules.names import clean_address
from training.teams.forms.as_shown import AsShown
from training.teams.forms.fields import BETWEEN, ReasonField
from training.teams.models import Membership, Team, site_time_zone

MOST = 200


class TeamForm(AsShown, WagtailAdminModelForm):
    """A team's name, time zone, words in e-mails, quiet hours and manager."""

    class Meta:
        model = Team
        fields = (
            "name",
            "time_zone",
            "roster_name",
            "sender_name",
            "contact",
            "manager_name",
            "manager_email",
            "quiet_from",
            "quiet_until",
        )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # The field may be missing from the submitted data.
        own = self["time_zone"].value() or site_time_zone()
        self.fields["time_zone"].widget = forms.Select(choices=time_zones(own))

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("manager_name") and not cleaned.get("manager_email"):
            self.add_error(
                "manager_email", gettext("Enter an e-mail address for the manager.")
            )
        return cleaned


def time_zones(own: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return choices in two groups: the zones of the site and the team, and others."""
    here = dict.fromkeys([site_time_zone(), own])
    others = [zone for zone in get_available_admin_time_zones() if zone not in here]
    return [
        (gettext("Used here"), [(zone, zone.replace("_", " ")) for zone in here]),
        (gettext("Others"), [(zone, zone.replace("_", " ")) for zone in others]),
    ]


class PeopleForm(PlainForm):
    """One or more addresses, pasted in any usual form."""

    addresses = forms.CharField(
        label=_("E-mail addresses"),
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("One or more, each on its own line or separated by commas."),
    )
    role = forms.ChoiceField(
        label=_("Role"),
        choices=Membership.Role.choices,
        initial=Membership.Role.MEMBER,
        widget=forms.RadioSelect,
        help_text=_(
            "Members learn. Trainers run the team. Observers see what trainers see but "
            "cannot change anything."
        ),
    )

    def clean_addresses(self):
        """Return the addresses without duplicates, in the order entered."""
        found = _split(self.cleaned_data["addresses"])
        problems = [*_unsound(found), *_closed(found)]
        if len(found) > MOST:
            text = gettext(
                "Too many addresses: the limit is %(most)d. Upload a roster instead."
            )
            problems = [text % {"most": MOST}]
        if not found:
            problems = [gettext("Enter at least one address.")]
        if problems:
            raise ValidationError(problems)
        return found


_NAMED = re.compile(r"[^,;\n<>]*<([^<>\n]+)>")


def _split(text):
    """Return the addresses, also from text such as “Anna Roe <anna@example.org>”."""
    words = BETWEEN.split(_NAMED.sub(r" \1 ", text))
    return list(dict.fromkeys(filter(None, map(clean_address, words))))


def _unsound(addresses):
    for address in addresses:
        try:
            refuse_control_characters(address)
            validate_email(address)
        except ValidationError as error:
            text = gettext("“%(address)s” is not an e-mail address.")
            is_unseen = error.code == "control_character"
            yield " ".join([text % {"address": address}, *error.messages[:is_unseen]])


def _closed(addresses):
    users = User.objects.annotate(lower=Lower("email")).filter(is_active=False)
    for user in users.filter(lower__in=addresses[: MOST + 1]):
        text = gettext("The account of “%(address)s” is closed.")
        yield text % {"address": user.email}


class RoleForm(AsShown):
    """Somebody's role in the team."""

    role = forms.ChoiceField(
        label=_("Role"), choices=Membership.Role.choices, widget=forms.RadioSelect
    )


class ReasonForm(PlainForm):
    """Why something is done."""

    reason = ReasonField()


class AddressCorrectionForm(AsShown):
    """The address that an invitation goes to."""

    email = AddressInput(
        label=_("E-mail address"),
        help_text=_(
            "Correct it here if it is wrong. Nobody has signed in with it yet."
        ),
    )

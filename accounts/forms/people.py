"""The account library's forms with this site's wording."""

from allauth.account import forms
from django import forms as django_forms
from django.utils.translation import gettext_lazy as _
from wagtail.users.forms import UserCreationForm, UserEditForm, UserForm

from accounts.fields import NameInput, as_address_input
from accounts.forms.plain import PlainErrors, PlainForm
from accounts.models import AddressProposal
from accounts.queries.people import opens_account
from accounts.rules.names import LONGEST_NAME, clean_address

NAMES = {"first_name": _("First name"), "last_name": _("Last name")}


class _Address(PlainErrors):
    """Labels the address as the rest of the site does."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in {"login", "email"} & set(self.fields):
            self.fields[name].label = _("E-mail address")
            self.fields[name] = as_address_input(self.fields[name])


class _Person(PlainErrors):
    """Cleans a user's address and names before they are validated."""

    # Wagtail speaks of a username, which nobody has here.
    error_messages = UserForm.error_messages | {
        "duplicate_username": _("Someone already uses this e-mail address."),
    }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("E-mail address")
        self.fields["email"] = as_address_input(self.fields["email"])
        for name, label in NAMES.items():
            self.fields[name] = NameInput(label=label, max_length=LONGEST_NAME)

        if "is_superuser" in self.fields:
            self.fields["is_superuser"].label = _("Operator")
            self.fields["is_superuser"].help_text = _(
                "Operators install the site and have every right on it, whatever their"
                " roles. Only an operator can make one."
            )


class NewUserForm(_Person, UserCreationForm):
    """Makes an account without a password: its owner chooses one, or uses codes."""

    password_enabled = False

    def save(self, commit=True):  # noqa: FBT002 -- Wagtail calls it
        self.instance.set_unusable_password()
        return super().save(commit)


class EditUserForm(_Person, UserEditForm):
    """Leaves the password to its owner; a new address, which leads to one, needs a reason."""

    password_enabled = False
    reason = django_forms.CharField(
        label=_("Reason for a new e-mail address"),
        max_length=255,
        required=False,
        help_text=_(
            "Needed if you change the address. It is kept, and sent to the old and the"
            " new address if the person has ever signed in."
        ),
    )

    @property
    def has_new_address(self) -> bool:
        """Whether the address is another one; capital letters make none."""
        new = self.cleaned_data.get("email")
        return bool(new) and clean_address(new) != self.initial["email"]

    def clean(self):
        cleaned = super().clean()
        if self.has_new_address and not self.cleaned_data.get("reason"):
            self.add_error("reason", _("Say why the e-mail address changes."))
        return cleaned


class SignInForm(_Address, forms.LoginForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["remember"].label = _("Keep me signed in on this device")


class SignUpForm(_Address, forms.SignupForm):
    pass


class SignInCodeForm(_Address, forms.RequestLoginCodeForm):
    def clean_email(self):
        """Send a code to no address that was never confirmed."""
        email = super().clean_email()
        if self._user and not opens_account(self._user, email):
            self._user = None
        return email


class NewPasswordForm(_Address, forms.ResetPasswordForm):
    def clean_email(self):
        """Send a code to no address that was never confirmed."""
        email = super().clean_email()
        self.users = [user for user in self.users if opens_account(user, email)]
        return email


class CorrectedAddressForm(_Address, forms.ChangeEmailForm):
    pass


class NewAddressForm(_Address, forms.AddEmailForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("New e-mail address")


class ConfirmErasureForm(PlainForm):
    """Asks for the person's address, so that nobody erases somebody by mistake."""

    address = django_forms.CharField(label=_("E-mail address of the person"))

    def __init__(self, *args, person, **kwargs):
        super().__init__(*args, **kwargs)
        self._person = person

    def clean_address(self):
        address = self.cleaned_data["address"]
        if clean_address(address) != clean_address(self._person.email):
            text = _("This is not the address of this account. Check whom you erase.")
            raise django_forms.ValidationError(text)
        return address


class ErasureReasonForm(PlainForm):
    """The reason for an action on an account, which is logged and sent to its owner."""

    reason = django_forms.CharField(label=_("Reason"), max_length=255)


class DecidedAddressForm(ErasureReasonForm):
    """What an administrator decides about a proposed address, and why."""

    decision = django_forms.ChoiceField(
        choices=[
            (each, each.label)
            for each in (
                AddressProposal.Outcome.APPROVED,
                AddressProposal.Outcome.REJECTED,
            )
        ],
        widget=django_forms.HiddenInput,
    )

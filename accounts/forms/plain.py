"""Forms whose errors say what to do, in place of the library's “This field is required.”

`PlainForm` is the base of all forms of this site, and `PlainErrors` of those that come
from a library. What a field says of its own accord in `error_messages` stays.
"""

from collections.abc import Iterator

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

# The name of a field → what to do if it is empty.
IF_EMPTY = {
    "address": gettext_lazy("Enter the e-mail address of the person."),
    "addresses": gettext_lazy("Enter at least one e-mail address."),
    "assignment": gettext_lazy("Choose an assignment."),
    "code": gettext_lazy("Enter the code."),
    "comment": gettext_lazy("Say what should change."),
    "course": gettext_lazy("Choose a course."),
    "deputy": gettext_lazy("Enter the e-mail address of the deputy."),
    "due_on": gettext_lazy("Choose a due date."),
    "due_rule": gettext_lazy("Choose when it is due."),
    "earlier": gettext_lazy("Choose the earlier zip file."),
    "email": gettext_lazy("Enter an e-mail address."),
    "first_name": gettext_lazy("Enter a first name."),
    "frequency": gettext_lazy("Choose how often."),
    "last_day": gettext_lazy("Choose the last day."),
    "last_name": gettext_lazy("Enter a last name."),
    "later": gettext_lazy("Choose the later zip file."),
    "login": gettext_lazy("Enter your e-mail address."),
    "name": gettext_lazy("Enter a name."),
    "new_code": gettext_lazy("Enter a new code."),
    "number": gettext_lazy("Enter how many attempts."),
    "oldpassword": gettext_lazy("Enter your current password."),
    "password": gettext_lazy("Enter your password."),
    "password1": gettext_lazy("Choose a password."),
    "password2": gettext_lazy("Enter the password again."),
    "reason": gettext_lazy("Enter a reason."),
    "starts_on": gettext_lazy("Choose the day on which it starts."),
    "team": gettext_lazy("Choose a team."),
    "time_zone": gettext_lazy("Choose a time zone."),
    "title": gettext_lazy("Enter a title."),
    "words": gettext_lazy("Enter your five words."),
}

# What the library puts values into, such as a limit, after it took these words.
FORMATTED = {
    "invalid_choice",
    "invalid_pk_value",
    "max_length",
    "max_value",
    "min_length",
    "min_value",
    "null_characters_not_allowed",
}


class PlainErrors:
    """Words the errors of a form as soon as they are looked for."""

    fields: dict[str, forms.Field]

    def full_clean(self) -> None:
        for name, field in self.fields.items():
            word_errors(name, field)
        super().full_clean()  # type: ignore[misc]


class PlainForm(PlainErrors, forms.Form):
    """The base of the forms of this site."""


def word_errors(name: str, field: forms.Field) -> None:
    """Replace the library's messages of a field; its own stay."""
    label = str(field.label or capfirst(name.replace("_", " "))).rstrip(":")
    for code, text in _messages(name, field):
        if _is_of_library(field, code):
            shown = label.replace("%", "%%") if code in FORMATTED else label
            field.error_messages[code] = text.replace("%(label)s", shown)


def _is_of_library(field: forms.Field, code: str) -> bool:
    message = field.error_messages.get(code)
    return message is None or any(
        str(message) == str(vars(kind).get("default_error_messages", {}).get(code))
        for kind in type(field).__mro__
        if kind.__module__.startswith(("django.", "allauth.", "wagtail."))
    )


def _messages(name: str, field: forms.Field) -> Iterator[tuple[str, str]]:
    """Return code → words; `%(label)s` stands for the label."""
    yield "required", str(IF_EMPTY.get(name) or _if_empty(field))
    for kind, messages in _BY_KIND.items():
        if isinstance(field, kind):
            yield from ((code, str(text)) for code, text in messages.items())
    yield from _lengths(field)


def _if_empty(field: forms.Field) -> str:
    kinds = (
        (forms.FileField, _("Choose a file.")),
        (forms.BooleanField, _("Tick “%(label)s” to go on.")),
        (forms.ChoiceField, _("Choose an option for “%(label)s”.")),
        (forms.DateField, _("Choose a date for “%(label)s”.")),
        (forms.TimeField, _("Choose a time for “%(label)s”.")),
    )
    found = (text for kind, text in kinds if isinstance(field, kind))
    return next(found, _("Fill in “%(label)s”."))


def _lengths(field: forms.Field) -> Iterator[tuple[str, str]]:
    """Return the messages with a number that the field itself knows."""
    if most := getattr(field, "max_length", None):
        text = ngettext(
            "“%(label)s” can have %(number)d character at most.",
            "“%(label)s” can have %(number)d characters at most.",
            most,
        )
        yield "max_length", text.replace("%(number)d", str(most))
    if least := getattr(field, "min_length", None):
        text = ngettext(
            "“%(label)s” must have at least %(number)d character.",
            "“%(label)s” must have at least %(number)d characters.",
            least,
        )
        yield "min_length", text.replace("%(number)d", str(least))


_FORMAT = gettext_lazy("This is not in the right format. Check it.")
_LIMITS = {
    "min_value": gettext_lazy("“%(label)s” must be %(limit_value)s or more."),
    "max_value": gettext_lazy("“%(label)s” must be %(limit_value)s or less."),
}
_AGAIN = gettext_lazy("The file did not arrive. Choose it again.")
_OPTION = gettext_lazy("Choose one of the options for “%(label)s”.")
_SEVERAL = dict.fromkeys(
    ("invalid_choice", "invalid_list", "invalid_pk_value"), _OPTION
)
_DIGITS = gettext_lazy("Enter a number with fewer digits for “%(label)s”.")
_TIME = gettext_lazy("Enter a time such as 14:30 for “%(label)s”.")
_BY_KIND: dict[type[forms.Field], dict[str, object]] = {
    forms.CharField: {
        "null_characters_not_allowed": gettext_lazy(
            "“%(label)s” contains an invisible character. Type it again."
        )
    },
    forms.EmailField: {
        "invalid": gettext_lazy(
            "Enter an e-mail address in the right format, such as name@example.org."
        )
    },
    forms.RegexField: {"invalid": _FORMAT},
    forms.UUIDField: {"invalid": _FORMAT},
    forms.DecimalField: {
        "invalid": gettext_lazy("Enter a number for “%(label)s”."),
        "max_digits": _DIGITS,
        "max_whole_digits": _DIGITS,
        "max_decimal_places": gettext_lazy(
            "Enter fewer decimal places for “%(label)s”."
        ),
    },
    forms.IntegerField: {
        "invalid": gettext_lazy("Enter a whole number for “%(label)s”."),
        **_LIMITS,
    },
    forms.DateField: {
        "invalid": gettext_lazy("Enter a date such as 2027-03-31 for “%(label)s”.")
    },
    forms.DateTimeField: {"invalid": _FORMAT},
    forms.TimeField: {"invalid": _TIME},
    forms.ChoiceField: _SEVERAL,
    forms.FileField: {
        "invalid": _AGAIN,
        "missing": _AGAIN,
        "max_length": gettext_lazy(
            "The name of this file is too long. Rename it and choose it again."
        ),
        "empty": gettext_lazy("This file is empty. Choose another one."),
        "contradiction": gettext_lazy("Choose a file or remove it, not both."),
    },
}

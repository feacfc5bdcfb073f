"""Fields for people's names and e-mail addresses, in tables and in forms.

They apply `accounts.rules.names`, so that a new form or action cannot forget to: input
is cleaned before validation, and values are cleaned again before they are saved or
looked up. A test checks that all models and forms use these fields.
"""

from collections.abc import Callable

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.rules import names


def refuse_control_characters(text: str) -> None:
    """Raise ValidationError for a character that no name or address contains."""
    if sign := names.control_character_in(text):
        raise ValidationError(
            _("This contains an invisible character (%(sign)s). Type it again."),
            code="control_character",
            params={"sign": sign},
        )


class LongestPasswordValidator:
    """Refuses passwords so long that checking them would take the server's time."""

    LONGEST = 128

    def validate(self, password, user=None):
        if len(password) > self.LONGEST:
            raise ValidationError(
                _("Choose a password of 128 characters or less."),
                code="password_too_long",
            )

    def get_help_text(self):
        return _("Your password must have 128 characters or less.")


class _Kept(models.CharField):
    """Text that is cleaned before it is validated, saved or looked up."""

    default_validators = [refuse_control_characters]
    clean_text: Callable[[str], str]
    storable_text: Callable[[str], str]
    form_class: type[forms.CharField]

    def to_python(self, value):
        text = super().to_python(value)
        return type(self).clean_text(text) if isinstance(text, str) else text

    def pre_save(self, model_instance, add):
        value = super().pre_save(model_instance, add)
        if isinstance(value, str):
            value = type(self).storable_text(value)
            setattr(model_instance, self.attname, value)
        return value

    def get_prep_value(self, value):
        text = super().get_prep_value(value)
        return type(self).storable_text(text) if isinstance(text, str) else text

    def formfield(self, **options):
        return super().formfield(**({"form_class": self.form_class} | options))


class _CleanedInput(forms.CharField):
    clean_text: Callable[[str], str]

    def to_python(self, value):
        text = str(value) if value not in self.empty_values else ""
        return super().to_python(type(self).clean_text(text))


class NameInput(_CleanedInput):
    """An input for a person's name."""

    default_validators = [refuse_control_characters]
    clean_text = staticmethod(names.clean_name)


class AddressInput(_CleanedInput, forms.EmailField):
    """An input for an e-mail address, returned in lower case."""

    default_validators = [
        refuse_control_characters,
        *forms.EmailField.default_validators,
    ]
    clean_text = staticmethod(names.clean_address)


class NameField(_Kept):
    """A person's name."""

    clean_text = staticmethod(names.clean_name)
    storable_text = staticmethod(names.storable_name)
    form_class = NameInput


class AddressField(_Kept, models.EmailField):
    """An e-mail address in lower case."""

    default_validators = [
        refuse_control_characters,
        *models.EmailField.default_validators,
    ]
    clean_text = staticmethod(names.clean_address)
    storable_text = staticmethod(names.storable_address)
    form_class = AddressInput


def as_address_input(field: forms.Field) -> AddressInput:
    """Return a library's address field as one that cleans its input."""
    return AddressInput(
        label=field.label,
        required=field.required,
        help_text=field.help_text,
        initial=field.initial,
        widget=field.widget,
    )

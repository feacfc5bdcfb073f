"""Fields for people's names and e-mail addresses, in tables and in forms.

They ask `accounts.rules.names`, so that a new form or verb cannot forget it: whatever is
typed is cleaned before it is checked, and whatever is written to a table or looked up
there is cleaned once more. A test walks all models and forms for fields that are not
of these.
"""

from collections.abc import Callable

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.rules import names


def refuse_control_characters(text: str) -> None:
    """Raise ValidationError for a sign that is part of no name and no address."""
    if sign := names.control_character_in(text):
        raise ValidationError(
            _("There is a sign in it that nobody sees (%(sign)s). Type it anew."),
            code="control_character",
            params={"sign": sign},
        )


class _Kept(models.CharField):
    """Text that is cleaned before it is checked, written or looked up."""

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
    """Where a person's name is typed."""

    default_validators = [refuse_control_characters]
    clean_text = staticmethod(names.clean_name)


class AddressInput(_CleanedInput, forms.EmailField):
    """Where an e-mail address is typed; gives it in small letters."""

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
    """An e-mail address, in small letters."""

    default_validators = [
        refuse_control_characters,
        *models.EmailField.default_validators,
    ]
    clean_text = staticmethod(names.clean_address)
    storable_text = staticmethod(names.storable_address)
    form_class = AddressInput


def as_address_input(field: forms.Field) -> AddressInput:
    """Return a library's field for an address as one that cleans what is typed."""
    return AddressInput(
        label=field.label,
        required=field.required,
        help_text=field.help_text,
        initial=field.initial,
        widget=field.widget,
    )

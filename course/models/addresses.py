"""Addresses that pages cannot have, because other views answer there."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.urls import resolve
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from languages.addresses import language_of


def refuse_slug_of_view(slug: str) -> None:
    """Raise ValidationError if a view has the address of a page just below the root.

    The first part of an address may also be a language: then the rest is the page.
    """
    address = f"/{slug}/"
    with translation.override(settings.LANGUAGE_CODE):
        is_page = resolve(address).url_name == "wagtail_serve"
    if not is_page or language_of(address) != settings.LANGUAGE_CODE:
        raise slug_is_taken(slug)


def slug_is_taken(slug: str) -> ValidationError:
    """Return the error for a slug that is the address of another view."""
    message = _("“%(slug)s” is the address of another view. Choose a different slug.")
    return ValidationError({"slug": message % {"slug": slug}})

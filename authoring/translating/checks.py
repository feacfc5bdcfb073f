"""System check: every page of ours declares what happens to it in other languages."""

from typing import Any

from django.apps import apps
from django.core.checks import Error
from wagtail.models import TranslatableMixin


def check_languages_of_pages(app_configs: Any, **kwargs: Any) -> list[Error]:
    """Return an error for each translatable model that does not list its fields.

    wagtail-localize would guess, and offer ids and addresses to translators.
    `course.checks` looks at each field of the others.
    """
    return [
        Error("It is translatable, so list its fields in content_fields.", obj=model)
        for model in apps.get_models()
        if issubclass(model, TranslatableMixin)
        and not model.__module__.startswith("wagtail.")
        and not hasattr(model, "content_fields")
    ]

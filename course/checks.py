"""System check: every field of the content declares how it is used."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.fields import GenericRelation
from django.core.checks import Error
from django.db import models
from modelcluster.fields import ParentalKey
from wagtail.fields import StreamField
from wagtail.models import Page

# The only ones of Wagtail's page fields that are an author's content.
_OF_A_PAGE = {
    "title",
    "slug",
    "seo_title",
    "search_description",
    "show_in_menus",
    "go_live_at",
    "expire_at",
}
# The place of a row, which Wagtail manages.
_OF_THE_TREE = {"locale", "sort_order"}


def check_content_fields(app_configs: Any, **kwargs: Any) -> list[Error]:
    """Return an error for each field of the content that is not properly declared."""
    return [
        Error(text, obj=model, id="course.E001")
        for model in apps.get_models()
        if hasattr(model, "content_fields")
        for text in find_undeclared_fields(model)
    ]


def find_undeclared_fields(model: type[models.Model]) -> Iterator[str]:
    """Yield a message for each problem with the model's `content_fields`."""
    own = {field.name: field for field in model._meta.get_fields() if _is_own(field)}
    declared = {field.name: field for field in model.content_fields}
    for name in own.keys() - declared.keys():
        yield f"“{name}” is not in content_fields. Declare its uses or why not."
    for name in declared.keys() - own.keys():
        yield f"content_fields contains “{name}”, which is not a field of the content."
    for name in own.keys() & declared.keys():
        if declared[name].is_unexplained(holds_text=_holds_text(own[name])):
            yield f"“{name}” does not have all uses. Explain why in `because`."
        if not declared[name].is_declared_across_languages:
            yield f"“{name}” is not declared as one of TRANSLATED, SHARED and OWN."
    for name, field in own.items():
        if field.one_to_many and not hasattr(field.related_model, "content_fields"):
            yield f"The children in “{name}” have no content_fields."


def _is_own(field) -> bool:
    """Return whether the field is content, not a database key or Wagtail's own."""
    if isinstance(field, models.ManyToOneRel):
        return isinstance(field.field, ParentalKey) and _is_of_the_site(field)
    if field.auto_created or isinstance(field, ParentalKey | GenericRelation):
        return False
    if field.model is Page:
        return field.name in _OF_A_PAGE
    return field.name not in _OF_THE_TREE


def _is_of_the_site(relation) -> bool:
    return not relation.related_model.__module__.startswith("wagtail.")


def _holds_text(field) -> bool:
    if field.one_to_many:
        return True
    is_text = isinstance(field, models.CharField | models.TextField | StreamField)
    return is_text and not field.choices

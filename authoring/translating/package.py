"""Fits wagtail-localize in: what it reads, and what it may do.

It keeps the texts of a page, their translations and what became of them, shows them in
an editor, and reads and writes PO files. Left as it is, it would guess which fields are
texts, and write translations into live pages. It has no settings for this.
"""

from django.apps import apps
from wagtail_localize import strings
from wagtail_localize.fields import SynchronizedField, TranslatableField
from wagtail_localize.models import TranslationSource

from authoring.translating.actions.drafts import save_draft
from course.rules.content_fields import SHARED, TRANSLATED, Content


def fit_package_in() -> None:
    """Give the package our declarations, and let it write nothing but drafts."""
    for model in apps.get_models():
        if hasattr(model, "content_fields"):
            model.translatable_fields = fields_across_languages(model)
    # Otherwise they would cut a sentence into pieces.
    strings.INLINE_TAGS += ["sub", "sup"]
    TranslationSource.create_or_update_translation = _save_draft_only


def fields_across_languages(content: type[Content]) -> list:
    """Return the declared fields as the package names them.

    It takes no notice of those of which each language has its own.
    """
    return [
        TranslatableField(field.name)
        if TRANSLATED in field.uses
        else SynchronizedField(field.name, overridable=False)
        for field in content.content_fields
        if field.uses & {TRANSLATED, SHARED}
    ]


def _save_draft_only(source, locale, user=None, **_publish_and_more):
    return save_draft(source=source, locale=locale, user=user)

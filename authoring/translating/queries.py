"""What is translated into which language, and what is in the way."""

from collections.abc import Iterator

from django.conf import settings
from django.db import models
from django.db.models import QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from modelcluster.models import get_all_child_relations
from wagtail.models import Locale, Page
from wagtail_localize.models import Translation, TranslationLog, TranslationSource

from course.rules.content_fields import TRANSLATED, fields_used


def translation_of(page: Page) -> Translation | None:
    """Return the translation that the page is made by, or None."""
    return (
        Translation.objects.filter(
            source__object_id=page.translation_key,
            target_locale_id=page.locale_id,
            enabled=True,
        )
        .select_related("source__locale", "target_locale")
        .first()
    )


def source_of(page: Page) -> TranslationSource | None:
    """Return what the page is translated from, or None if nobody translates it."""
    sources = TranslationSource.objects.filter(
        object_id=page.translation_key, locale=page.locale_id
    )
    return sources.filter(translations__enabled=True).first()


def is_behind(source: TranslationSource, page: Page) -> bool:
    """Return whether the page went live again since its texts were last taken up."""
    return bool(
        page.last_published_at and page.last_published_at > source.last_updated_at
    )


def languages_missing(page: Page) -> QuerySet[Locale]:
    """Return the languages of content in which there is no such page."""
    known = page.get_translations(inclusive=True).values("locale_id")
    codes = [code for code, _name in settings.WAGTAIL_CONTENT_LANGUAGES]
    return Locale.objects.filter(language_code__in=codes).exclude(pk__in=known)


def pages_to_begin(page: Page, locale: Locale, *, with_below: bool) -> list[Page]:
    """Return the pages that are not in the language yet, those above first.

    Above the page, all are needed; below it, only what is live is translated.
    """
    above = page.get_ancestors(inclusive=True).filter(depth__gt=1)
    below = page.get_descendants().live() if with_below else Page.objects.none()
    known = Page.objects.filter(locale=locale).values("translation_key")
    pages = (above | below).exclude(translation_key__in=known)
    return list(pages.order_by("path").specific())


def count_untranslated(translation: Translation) -> str:
    """Return a sentence on how many texts are not translated, or "" if none."""
    total, done = translation.get_progress()
    message = ngettext(
        "%(count)d text is not translated yet.",
        "%(count)d texts are not translated yet.",
        total - done,
    )
    return message % {"count": total - done} if done < total else ""


def has_changed_elsewhere(translation: Translation, page: Page) -> bool:
    """Return whether the newest version of the page was not made by its translation."""
    made = TranslationLog.objects.filter(
        source=translation.source_id, locale=translation.target_locale_id
    ).order_by("-created_at", "-pk")
    return made.values_list("revision_id", flat=True).first() != page.latest_revision_id


def texts_too_long(content: models.Model) -> list[str]:
    """Return a sentence for each text of the page or its children that does not fit."""
    children = (
        child
        for relation in get_all_child_relations(type(content))
        if hasattr(relation.related_model, "content_fields")
        for child in getattr(content, relation.get_accessor_name()).all()
    )
    return [text for each in (content, *children) for text in _too_long_in(each)]


def _too_long_in(content) -> Iterator[str]:
    for name in fields_used(content, TRANSLATED):
        field = content._meta.get_field(name)
        most = getattr(field, "max_length", None)
        text = getattr(content, name) if most else ""
        if most and len(text or "") > most:
            message = _("%(field)s: “%(text)s” is too long (%(count)d of %(most)d).")
            values = {"most": most, "text": text[:60] + "…", "count": len(text)}
            yield message % {"field": capfirst(field.verbose_name), **values}

"""The language a course was written in first, whose lessons count for everybody.

Translations come one by one: if each language counted by itself, one Spanish lesson of
five would complete the course. So a page that is asked for by its key alone is the one
in the first language; `tests/languages/test_keys.py` finds where none is named.
"""

import uuid
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import override
from wagtail.models import Page

from course.models import LessonPage
from languages.content import has_several_languages, readers_language

AnyPage = TypeVar("AnyPage", bound=Page)
Row = TypeVar("Row")


def in_first_language(pages: QuerySet[AnyPage]) -> QuerySet[AnyPage]:
    """Return those of the pages that are not translations: none was made before them."""
    before = Page.objects.filter(
        translation_key=OuterRef("translation_key"), pk__lt=OuterRef("pk")
    )
    return pages.filter(~Exists(before.order_by()))


def original_of(page: AnyPage) -> AnyPage:
    """Return the page in its first language, live or not.

    One query; none if the site has one language.
    """
    if not has_several_languages():
        return page
    pages = type(page).objects.filter(translation_key=page.translation_key)
    # A preview of a new page is in no table yet.
    return in_first_language(pages).first() or page


@dataclass(frozen=True)
class ChangeNotTranslated:
    """A change for safety that a translation does not have, and where it can be read."""

    changed_at: datetime
    language: str
    original_url: str


def change_not_translated(lesson: LessonPage) -> ChangeNotTranslated | None:
    """Return the change for safety of the lesson's original that it lacks, or None.

    One query; none if the site has one language.
    """
    original = original_of(lesson)
    changed_at = change_lacked_by(lesson, original)
    if changed_at is None:
        return None
    language = original.locale.language_code
    with override(language):
        return ChangeNotTranslated(changed_at, language, original.get_url())


def change_lacked_by(lesson: LessonPage, original: LessonPage) -> datetime | None:
    """Return when the original changed for safety if the translation lacks that."""
    if original == lesson or not original.live:
        return None
    changed_at = original.safety_changed_at
    # Translated after the change, or changed for safety itself since.
    followed = [lesson.first_published_at, lesson.safety_changed_at]
    if not changed_at or any(each and each >= changed_at for each in followed):
        return None
    return changed_at


def as_read(pages: Sequence[AnyPage], among: QuerySet[AnyPage]) -> list[AnyPage]:
    """Return the pages, each in the reader's language where it is live in it.

    The translations are looked for `among` these. One query; none if the site has one
    language.
    """
    if not (pages and has_several_languages()):
        return list(pages)
    keys = [page.translation_key for page in pages]
    spoken = among.live().filter(
        translation_key__in=keys, locale__language_code=readers_language()
    )
    found = {page.translation_key: page for page in spoken}
    return [found.get(page.translation_key, page) for page in pages]


def choose_language(
    rows: Iterable[Row], page_of: Callable[[Row], Page] | None = None
) -> dict[uuid.UUID, Row]:
    """Return key → the row in the reader's language, or else in the first one it has.

    Keys keep the order of the rows. Each row's page, or the row itself, has its locale
    selected.
    """
    spoken = readers_language()

    def preference(row: Any) -> tuple[bool, int]:
        page = page_of(row) if page_of else row
        return page.locale.language_code != spoken, page.pk

    best: dict[uuid.UUID, Any] = {}
    for row in rows:
        key = row.translation_key  # type: ignore[attr-defined]
        best[key] = min(best.get(key, row), row, key=preference)
    return best

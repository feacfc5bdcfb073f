"""Translations that lack a change for safety of their original."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import QuerySet
from wagtail.models import Page

from course.models import LessonPage
from course.queries.first_language import change_lacked_by, in_first_language
from languages.content import has_several_languages


@dataclass(frozen=True)
class Behind:
    """A translation, its original, and when that changed for safety.

    `is_open` says whether the original may be opened in the editor, too.
    """

    page: LessonPage
    original: LessonPage
    changed_at: dt.datetime
    is_open: bool


def translations_behind(pages: QuerySet[Page]) -> list[Behind]:
    """Return those among the pages, oldest change first, in 3 queries.

    None if the site has one language.
    """
    if not has_several_languages():
        return []
    changed = LessonPage.objects.live().filter(safety_changed_at__isnull=False)
    originals = {
        lesson.translation_key: lesson
        for lesson in in_first_language(changed).select_related("locale").defer("body")
    }
    own = pages.order_by().values_list("pk", flat=True)
    translated = LessonPage.objects.filter(translation_key__in=originals, pk__in=own)
    editable = set(own.filter(pk__in=[lesson.pk for lesson in originals.values()]))
    found = [
        Behind(lesson, original, changed_at, original.pk in editable)
        for lesson in translated.select_related("locale").defer("body")
        if (original := originals[lesson.translation_key])
        and (changed_at := change_lacked_by(lesson, original))
    ]
    return sorted(found, key=lambda each: (each.changed_at, each.page.path))

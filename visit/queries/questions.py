"""What can be asked at an appointment: children of lessons, and options of a course."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext
from wagtail.models import Page

from course.models import FaqEntry, QuestionToAsk, TreatmentOption
from course.queries.first_language import choose_language, in_first_language
from course.rules.markers import without_markers
from languages.content import WordsIn, language_of_page, readers_language
from quizzes.models import Question
from visit.models import LONGEST_WORDING, ChosenQuestion

Kind = ChosenQuestion.Kind
# The children of each kind, the page that has them, and the field with their text.
_CHILDREN: dict[Kind, tuple[type, str, str]] = {
    Kind.TO_ASK: (QuestionToAsk, "lesson", "text"),
    Kind.FAQ: (FaqEntry, "lesson", "question"),
    Kind.QUIZ: (Question, "lesson", "stem"),
    Kind.OPTION: (TreatmentOption, "course", "name"),
}


@dataclass(frozen=True)
class AskableQuestion:
    """A question as the course words it now, and the lesson or course it comes from."""

    kind: Kind
    key: uuid.UUID
    words: str
    page: Page
    passage: str

    @property
    def wording(self) -> str:
        """The question as it is asked at an appointment."""
        return wording_of(self.kind, self.words)

    @property
    def url(self) -> str:
        """The address of the passage."""
        return f"{self.page.get_url()}{self.passage}"


def wording_of(kind: str, words: str) -> str:
    """Return the words as they are asked: of a quiz or an option, what they are about."""
    if kind == Kind.QUIZ:
        return gettext("I was not sure about this: %(question)s") % {"question": words}
    if kind == Kind.OPTION:
        return gettext("I want to talk about this option: %(option)s") % {
            "option": words
        }
    return words


def find_questions(keys: Collection[uuid.UUID]) -> dict[uuid.UUID, AskableQuestion]:
    """Return key → question, of those on pages that everybody may read.

    Translations in the active language come first. Makes one query for each kind, and
    one for view restrictions; none without keys.
    """
    if not keys:
        return {}
    readable = Page.objects.live().public()
    return {
        found.key: found
        for kind in _CHILDREN
        for found in _read(kind, readable, translation_key__in=list(keys))
    }


def find_question(key: uuid.UUID, request: HttpRequest) -> AskableQuestion | None:
    """Return the question with this key, or None if the reader may not read it."""
    live = Page.objects.live()
    found = [q for kind in _CHILDREN for q in _read(kind, live, translation_key=key)]
    question = found[0] if found else None
    return question if question and _may_read(request, question.page) else None


def questions_beside(question: AskableQuestion) -> list[AskableQuestion]:
    """Return what else its page offers to ask, in the page's order, in one query.

    Beside an option stand the course's options, beside all others the questions to ask.
    """
    own = Page.objects.filter(pk=question.page.pk)
    is_option = question.kind == Kind.OPTION
    return _read(Kind.OPTION if is_option else Kind.TO_ASK, own)


def questions_of_site() -> list[AskableQuestion]:
    """Return the questions to ask of all lessons in the reader's language, in order.

    Those of lessons that are not translated are in their first language.

    Makes two queries, one of them for view restrictions.
    """
    readable = Page.objects.live().public()
    spoken = readable.filter(locale__language_code=readers_language())
    return _read(Kind.TO_ASK, in_first_language(readable) | spoken)


def _read(kind: Kind, pages: QuerySet, **which: Any) -> list[AskableQuestion]:
    model, parent, field = _CHILDREN[kind]
    rows = model.objects.filter(**{f"{parent}__page_ptr__in": pages}, **which)
    rows = rows.select_related(f"{parent}__locale")
    rows = rows.order_by(f"{parent}__path", "sort_order")
    shown = [row for row in rows if _is_shown(row)]
    chosen = choose_language(shown, lambda row: getattr(row, parent))
    return [
        _question(kind, row, getattr(row, parent), getattr(row, field))
        for row in chosen.values()
    ]


def _is_shown(row):
    """Return whether readers see the row: of a quiz, whether it is asked."""
    return getattr(row, "is_asked", True)


def _question(kind, row, page, words):
    return AskableQuestion(
        kind=kind,
        key=row.translation_key,
        words=WordsIn(without_markers(words)[:LONGEST_WORDING], language_of_page(page)),
        page=page,
        passage=_passage(kind, row),
    )


def _passage(kind, row):
    """Return where below the page's address the question stands or is answered."""
    if kind == Kind.FAQ:
        return f"#faq-{row.handle}"
    if kind == Kind.QUIZ:
        return row.answered_in.replace("faq:", "#faq-")
    if kind == Kind.OPTION:
        return "options/#options"
    return f"#to-ask-{row.handle}"


def _may_read(request, page):
    restrictions = page.get_view_restrictions()
    return all(each.accept_request(request) for each in restrictions)

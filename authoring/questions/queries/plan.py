"""Plan the import of a file of questions into a lesson's draft. Nothing is written."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.utils.text import slugify

from authoring.questions.queries.rewording import Rewording, compare_wordings
from authoring.questions.rules.items import (
    ExchangedItem,
    ExchangedOption,
    FormatNote,
    ParsedQuestions,
    tidy_text,
)
from course.models import LessonPage
from course.panels import slug_of
from course.rules.digests import digest_text
from course.rules.free_names import free_name
from quizzes import kinds
from quizzes.blocks import frozen_option
from quizzes.models import Question
from quizzes.panels.editing import describe_flaw, facts_of
from quizzes.rules.question_kind import Flaw
from quizzes.rules.question_validation import find_flaws, split_sources

_ASKED = {"kind", "stem", "options", "tolerance"}
"""The fields that a question needs before it can be asked."""


@dataclass(frozen=True)
class QuestionStep:
    """One question of the file. `to_fix` lists what prevents it from going live.

    `is_there` is true if the lesson already has the question. `rewording` is set if the
    lesson has it in other words. `key` is None for a question that gets a new key.
    """

    item: ExchangedItem
    handle: str
    key: UUID | None
    is_there: bool
    to_fix: tuple[str, ...]
    rewording: Rewording | None = None

    @property
    def is_new(self) -> bool:
        return not self.is_there and not self.rewording


@dataclass(frozen=True)
class QuestionPlan:
    """What is added to or reworded in the draft, and what is left out."""

    draft: LessonPage
    steps: tuple[QuestionStep, ...]
    notes: tuple[FormatNote, ...]

    @property
    def added(self) -> list[QuestionStep]:
        return [step for step in self.steps if step.is_new]

    @property
    def seen(self) -> str:
        """The digest of the questions in the draft that the plan is for."""
        asked = [(row.handle, item_of(row).content) for row in questions_in(self.draft)]
        return digest_text(repr(asked))[:32]

    @property
    def rewordings(self) -> list[Rewording]:
        return [step.rewording for step in self.steps if step.rewording]


def plan_questions(lesson: LessonPage, parsed: ParsedQuestions) -> QuestionPlan:
    """Return the plan for importing the questions into the lesson's latest draft."""
    draft = lesson.get_latest_revision_as_object()
    planner = _QuestionPlanner(lesson, draft, parsed)
    steps = tuple(planner.step(item) for item in parsed.items)
    return QuestionPlan(draft, steps, parsed.notes)


class _QuestionPlanner:
    """Plans one question at a time, keeping track of ids and keys in use."""

    def __init__(self, lesson, draft, parsed):
        rows = questions_in(draft)
        self.own = {row.translation_key: item_of(row) for row in rows}
        self.known = {item.content: item.handle for item in self.own.values()}
        self.taken = {row.handle for row in rows}
        self.free = _free_keys(lesson, parsed, rows)
        self.facts = facts_of(draft)

    def step(self, item: ExchangedItem) -> QuestionStep:
        there = self.known.get(item.content)
        before = None if there else self.own.pop(item.key, None)
        if before:
            return self.reworded(item, before)
        handle = there or _handle(item, self.taken)
        key = item.key if not there and item.key in self.free else None
        self.free.discard(key)
        self.taken.add(handle)
        self.known[item.content] = handle
        return QuestionStep(item, handle, key, bool(there), _to_fix(item, self.facts))

    def reworded(self, item, before):
        rewording = compare_wordings(before, item)
        self.known[item.content] = before.handle
        return QuestionStep(
            item=item,
            handle=before.handle,
            key=before.key,
            is_there=False,
            to_fix=_to_fix(rewording.after, self.facts),
            rewording=rewording,
        )


def questions_in(lesson: LessonPage) -> list[Question]:
    """Return the questions of a draft in the order they are asked."""
    return sorted(lesson.questions.all(), key=lambda row: row.sort_order or 0)


def item_of(question: Question) -> ExchangedItem:
    """Return the question as an `ExchangedItem`."""
    return ExchangedItem(
        kind=question.kind,
        stem=tidy_text(question.stem),
        options=tuple(_option(option, question.kind) for option in question.options),
        handle=question.handle,
        key=question.translation_key,
        feedback=tidy_text(question.feedback),
        critical=question.critical,
        sources=split_sources(question.sources),
        answered_in=question.answered_in.strip(),
        review_status=question.review_status,
        tolerance=question.tolerance.strip(),
        unit=question.unit.strip(),
    )


def _option(block, kind) -> ExchangedOption:
    """Return the option. Whether it is right counts only for kinds that mark it."""
    option = frozen_option(block)
    is_marked = kind in kinds.NAMES and kinds.kind_named(kind).is_right_marked
    return ExchangedOption(
        text=tidy_text(option.text),
        right=option.right and is_marked,
        feedback=tidy_text(option.feedback),
        match=tidy_text(option.match),
    )


def _handle(item: ExchangedItem, taken: Iterable[str]) -> str:
    base = slugify(item.handle)[:80] or slug_of(item.stem) or "question"
    return free_name(base, set(taken))


def _free_keys(lesson, parsed, rows) -> set[UUID | None]:
    """Return the keys that can be kept: unused ones that came from this lesson."""
    if parsed.lesson_key != lesson.translation_key:
        return set()
    keys = {item.key for item in parsed.items if item.key}
    used = Question.objects.filter(translation_key__in=keys, locale=lesson.locale)
    elsewhere = set(used.values_list("translation_key", flat=True))
    return keys - elsewhere - {row.translation_key for row in rows}


def lacking_in(item: ExchangedItem) -> tuple[str, ...]:
    """Return what a question lacks before any system can ask it, in words."""
    found = find_flaws(item.frozen(), sources=(), places=None)
    asked = (f for f in found if f.field in _ASKED and f.what != "feedback")
    return _in_words(asked)


def _to_fix(item, facts) -> tuple[str, ...]:
    return _in_words(
        find_flaws(item.frozen(), sources=facts.sources, places=facts.places)
    )


def _in_words(found: Iterable[Flaw]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(describe_flaw(flaw) for flaw in found))

"""What importing a file of questions would do to a lesson's draft. Reads only."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.utils.text import slugify

from authoring.questions.items import Item, Note, Option, Parsed, tidy
from course.models import LessonPage
from course.panels import free_handle, slug_of
from quizzes.editing import facts_of, told
from quizzes.models import Question
from quizzes.soundness import ORDERING, Draft, flaws, split_sources


@dataclass(frozen=True)
class Step:
    """One question of the file; `to_mend` is what keeps it from going live.

    `is_there` tells that the lesson asks it already. `key` is None for a new one.
    """

    item: Item
    handle: str
    key: UUID | None
    is_there: bool
    to_mend: tuple[str, ...]


@dataclass(frozen=True)
class Plan:
    """What is added to the draft, and what of the file is left out."""

    draft: LessonPage
    steps: tuple[Step, ...]
    notes: tuple[Note, ...]

    @property
    def added(self) -> list[Step]:
        return [step for step in self.steps if not step.is_there]


def make(lesson: LessonPage, parsed: Parsed) -> Plan:
    """Return the plan for appending the questions to the lesson's latest draft."""
    draft = lesson.get_latest_revision_as_object()
    rows = questions_in(draft)
    known = {item_of(row).content: row.handle for row in rows}
    taken = {row.handle for row in rows}
    free = _free_keys(lesson, parsed, rows)
    facts = facts_of(draft)
    steps = []
    for item in parsed.items:
        there = known.get(item.content)
        handle = there or _handle(item, taken)
        key = item.key if not there and item.key in free else None
        free.discard(key)
        taken.add(handle)
        known[item.content] = handle
        steps.append(Step(item, handle, key, bool(there), _to_mend(item, facts)))
    return Plan(draft, tuple(steps), parsed.notes)


def questions_in(lesson: LessonPage) -> list[Question]:
    """Return the questions of a draft in the order in which they are asked."""
    return sorted(lesson.questions.all(), key=lambda row: row.sort_order or 0)


def item_of(question: Question) -> Item:
    """Return the question as it travels."""
    steps = question.kind == ORDERING
    return Item(
        kind=question.kind,
        stem=tidy(question.stem),
        options=tuple(_option(o.value, steps) for o in question.options),
        handle=question.handle,
        key=question.translation_key,
        feedback=tidy(question.feedback),
        critical=question.critical,
        sources=split_sources(question.sources),
        answered_in=question.answered_in.strip(),
        standing=question.standing,
    )


def _option(value, is_step) -> Option:
    text, why = tidy(value["text"] or ""), tidy(value["feedback"] or "")
    return Option(text, bool(value["right"]) and not is_step, why)


def _handle(item: Item, taken: Iterable[str]) -> str:
    base = slugify(item.handle)[:80] or slug_of(item.stem) or "question"
    return free_handle(base, set(taken))


def _free_keys(lesson, parsed, rows) -> set[UUID | None]:
    """Return the keys that may be kept: in the lesson they came from, and unused."""
    if parsed.lesson_key != lesson.translation_key:
        return set()
    keys = {item.key for item in parsed.items if item.key}
    used = Question.objects.filter(translation_key__in=keys, locale=lesson.locale)
    elsewhere = set(used.values_list("translation_key", flat=True))
    return keys - elsewhere - {row.translation_key for row in rows}


def _to_mend(item, facts) -> tuple[str, ...]:
    draft = Draft(
        kind=item.kind,
        stem=item.stem,
        options=tuple((o.text, o.right, o.feedback) for o in item.options),
        feedback=item.feedback,
        sources=item.sources,
        answered_in=item.answered_in,
    )
    found = flaws(draft, sources=facts.sources, places=facts.places)
    return tuple(dict.fromkeys(told(flaw) for flaw in found))

"""Rearrange a course: its lessons at once, their questions and FAQ as drafts."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from modelcluster.models import get_serializable_data_for_fields
from wagtail.log_actions import log
from wagtail.models import Page

from accounts.models import User
from authoring.arranging.access import why_not_rearrange
from authoring.arranging.queries import RELATIONS, DraftOutline, draft_outline
from authoring.arranging.rules.arrangement import (
    KINDS,
    QUESTION,
    ArrangedEntry,
    ArrangedLesson,
    Rearrangement,
    read_arrangement,
)
from course.models import CoursePage, FaqEntry, LessonPage
from course.rules.comparison import is_same_content
from quizzes.models import Question
from quizzes.rules.question_comparison import teaches_the_same

Child = Question | FaqEntry


class UnableToRearrange(Exception):
    """Nothing was changed. `reasons` are sentences that say why."""

    def __init__(self, reasons: Sequence[str]):
        super().__init__(" ".join(reasons))
        self.reasons = reasons


@dataclass(frozen=True)
class Rearranged:
    """What was changed: the order of the lessons, and the drafts that were saved."""

    is_reordered: bool
    drafts: list[LessonPage]


@transaction.atomic
def rearrange_course(
    *, course: CoursePage, marks: Sequence[str], seen: Sequence[str], user: User
) -> Rearranged:
    """Put lessons, questions and FAQ entries where the marks say, all or nothing.

    The order of lessons changes at once. What is in a lesson changes in its draft, and
    nothing is published. An entry that goes to another lesson gets another key, so that
    answers stay with the lesson they were given in.

    Raises UnableToRearrange if a lesson has a version that was not seen, is locked or has
    the same ids, or if the user may not do it.
    """
    list(Page.objects.child_of(course).select_for_update().values_list("pk"))
    outline = draft_outline(course, user)
    change = Rearrangement(outline.lessons, read_arrangement(outline.lessons, marks))
    if reasons := why_not_rearrange(outline, change, seen):
        raise UnableToRearrange(reasons)
    _reorder(outline, change, user)
    drafts = _drafts_of(change)
    _fill(drafts, change)
    for lesson in change.changed:
        _save(drafts[lesson.pk], change, user)
    return Rearranged(
        change.is_reordered, [drafts[lesson.pk] for lesson in change.changed]
    )


def _reorder(outline: DraftOutline, change: Rearrangement, user: User) -> None:
    order = [lesson.pk for lesson in change.before]
    for place, lesson in enumerate(change.after):
        if order[place] != lesson.pk:
            page = Page.objects.get(pk=lesson.pk)
            page.move(Page.objects.get(pk=order[place]), pos="left", user=user)
            order.insert(place, order.pop(order.index(lesson.pk)))


def _drafts_of(change: Rearrangement) -> dict[int, LessonPage]:
    changed = [lesson.pk for lesson in change.changed]
    pages = LessonPage.objects.filter(pk__in=changed)
    return {page.pk: page.get_latest_revision_as_object() for page in pages}


def _fill(drafts: dict[int, LessonPage], change: Rearrangement) -> None:
    """Give each draft its children, in memory."""
    children = {
        (pk, kind, str(child.translation_key)): child
        for pk, draft in drafts.items()
        for kind in KINDS
        for child in getattr(draft, RELATIONS[kind]).all()
    }
    for lesson in change.changed:
        draft = drafts[lesson.pk]
        for kind in KINDS:
            placed = _Placing(draft, lesson, change, kind)
            entries = lesson.of_kind(kind)
            held = [placed.child(e, children[e.home, kind, e.key]) for e in entries]
            for place, child in enumerate(held):
                child.sort_order = place
            setattr(draft, RELATIONS[kind], held)


class _Placing:
    """Puts children of one kind into the draft of a lesson."""

    def __init__(
        self,
        draft: LessonPage,
        lesson: ArrangedLesson,
        change: Rearrangement,
        kind: str,
    ):
        self.draft, self.lesson, self.change = draft, lesson, change
        own = [entry for entry in lesson.of_kind(kind) if entry.home == lesson.pk]
        self.kept = {entry.key for entry in own}
        model = Question if kind == QUESTION else FaqEntry
        is_given = len(own) < len(lesson.of_kind(kind))
        self.rows = list(model.objects.filter(lesson=lesson.pk)) if is_given else []

    def child(self, entry: ArrangedEntry, child: Child) -> Child:
        """Return the child as it stands in this lesson."""
        if entry.home != self.lesson.pk:
            child = self._moved(entry, child)
        if isinstance(child, Question) and not self.change.keeps_passage(
            entry, self.lesson
        ):
            child.answered_in = ""
        return child

    def _moved(self, entry: ArrangedEntry, child: Child) -> Child:
        """Return a copy with the key that it gets here.

        What is live here, was taken out of the draft and comes back has its old key.
        """
        fields = get_serializable_data_for_fields(child)
        copy: Any = type(child).from_serializable_data(fields)
        key = self.lesson.key_for(entry)
        row = next((row for row in self.rows if self._comes_back(row, child)), None)
        row = row or next((r for r in self.rows if r.translation_key == key), None)
        copy.pk = row.pk if row else None
        copy.translation_key = row.translation_key if row else key
        copy.locale = self.draft.locale
        return copy

    def _comes_back(self, row: Any, child: Any) -> bool:
        if row.handle != child.handle or str(row.translation_key) in self.kept:
            return False
        if isinstance(row, Question):
            return teaches_the_same(row.frozen(), child.frozen())
        texts = ((one.question, one.answer) for one in (row, child))
        return is_same_content(*texts)


def _save(draft: LessonPage, change: Rearrangement, user: User) -> None:
    """Save the draft and log what moved. Do not clean: a draft may be incomplete."""
    revision = draft.save_revision(user=user, clean=False)
    moves = [
        move for move in change.moves if draft.pk in (move.source.pk, move.target.pk)
    ]
    data = [
        {"title": m.entry.title, "source": m.source.title, "target": m.target.title}
        for m in moves
    ]
    log(
        instance=draft,
        action="authoring.rearrange",
        user=user,
        revision=revision,
        content_changed=True,
        data={"moves": data},
    )

"""The lessons of a course with their questions and FAQ, and how they are moved. Pure.

What stands in the outline has a mark, which the page posts in its place. A question or
FAQ entry keeps the mark of the lesson that it was read from.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TypeVar
from uuid import UUID

from authoring.rules.content_keys import key_below

QUESTION, FAQ = "question", "faq"
KINDS = (QUESTION, FAQ)
_TO_FAQ = "faq:"


@dataclass(frozen=True)
class ArrangedEntry:
    """A question or FAQ entry. `home` is the number of the lesson that it was read from.

    `links_to_passages` is true if its text links to passages of that lesson.
    """

    kind: str
    home: int
    key: str
    handle: str
    title: str
    answered_in: str = ""
    links_to_passages: bool = False

    @property
    def mark(self) -> str:
        return f"{self.kind}-{self.home}-{self.key}"


@dataclass(frozen=True)
class ArrangedLesson:
    """A lesson with its entries. `why_fixed` says why somebody cannot change it, or "".

    `asked_in_text` are the ids of questions that blocks in its text ask.
    """

    pk: int
    key: UUID
    title: str
    entries: tuple[ArrangedEntry, ...] = ()
    asked_in_text: frozenset[str] = frozenset()
    why_fixed: str = ""

    @property
    def mark(self) -> str:
        return f"lesson-{self.pk}"

    @property
    def questions(self) -> tuple[ArrangedEntry, ...]:
        return self.of_kind(QUESTION)

    @property
    def faq(self) -> tuple[ArrangedEntry, ...]:
        return self.of_kind(FAQ)

    def of_kind(self, kind: str) -> tuple[ArrangedEntry, ...]:
        """Return its entries of the kind, in order."""
        return tuple(entry for entry in self.entries if entry.kind == kind)

    def key_for(self, entry: ArrangedEntry) -> UUID:
        """Return the key that an entry of another lesson gets here.

        It is the same in every language. The entry's own key stays with its answers.
        """
        return key_below(self.key, entry.kind, entry.key)

    def with_entries(self, entries: Sequence[ArrangedEntry]) -> "ArrangedLesson":
        """Return the lesson with these entries, questions first."""
        ordered = sorted(entries, key=lambda entry: KINDS.index(entry.kind))
        return replace(self, entries=tuple(ordered))


Arrangement = tuple[ArrangedLesson, ...]
Thing = TypeVar("Thing", ArrangedEntry, ArrangedLesson)


def read_arrangement(now: Arrangement, marks: Sequence[str]) -> Arrangement:
    """Return the arrangement that a page posted as the marks in their order.

    What is not there any more is left out, and what is not named stays in its lesson.
    """
    lessons = {lesson.mark: lesson for lesson in now}
    entries = {entry.mark: entry for lesson in now for entry in lesson.entries}
    placed: dict[str, list[ArrangedEntry]] = {}
    here = None
    for mark in dict.fromkeys(marks):
        if mark in lessons:
            here = placed.setdefault(mark, [])
        elif mark in entries and here is not None:
            here.append(entries.pop(mark))
    for lesson in now:
        left = [entry for entry in lesson.entries if entry.mark in entries]
        placed.setdefault(lesson.mark, []).extend(left)
    return tuple(lessons[mark].with_entries(held) for mark, held in placed.items())


def move_by_one(now: Arrangement, mark: str, step: int) -> Arrangement:
    """Return the arrangement with what has the mark moved one place up (-1) or down (1).

    Beyond the end of its lesson, an entry goes on to the next lesson that can change.
    """
    if mark in [lesson.mark for lesson in now]:
        return tuple(_swapped(now, mark, step))
    for place, lesson in enumerate(now):
        for entry in lesson.entries:
            if entry.mark == mark and not lesson.why_fixed:
                return _with_entry_moved(now, place, entry, step)
    return now


def _with_entry_moved(
    now: Arrangement, place: int, entry: ArrangedEntry, step: int
) -> Arrangement:
    siblings = now[place].of_kind(entry.kind)
    moved = _swapped(siblings, entry.mark, step)
    if moved != list(siblings):
        others = [other for other in now[place].entries if other.kind != entry.kind]
        changed = now[place].with_entries([*others, *moved])
        return (*now[:place], changed, *now[place + 1 :])
    beyond = now[place + 1 :] if step > 0 else now[:place][::-1]
    target = next((lesson for lesson in beyond if not lesson.why_fixed), None)
    if target is None:
        return now
    return move_to_lesson(now, [entry.mark], target.pk, at_start=step > 0)


def _swapped(things: Sequence[Thing], mark: str, step: int) -> list[Thing]:
    rest = list(things)
    place = next(number for number, thing in enumerate(rest) if thing.mark == mark)
    if 0 <= place + step < len(rest):
        rest.insert(place + step, rest.pop(place))
    return rest


def move_to_lesson(
    now: Arrangement, marks: Collection[str], pk: int, *, at_start: bool = False
) -> Arrangement:
    """Return the arrangement with the entries at the end, or start, of the lesson.

    Nothing is moved out of or into a lesson that cannot change.
    """
    if not any(lesson.pk == pk and not lesson.why_fixed for lesson in now):
        return now
    free = [lesson for lesson in now if not lesson.why_fixed]
    moved = [e for lesson in free for e in lesson.entries if e.mark in marks]
    return tuple(
        _with_moved(lesson, moved, is_target=lesson.pk == pk, at_start=at_start)
        for lesson in now
    )


def _with_moved(
    lesson: ArrangedLesson,
    moved: list[ArrangedEntry],
    *,
    is_target: bool,
    at_start: bool,
) -> ArrangedLesson:
    stay = [entry for entry in lesson.entries if entry not in moved]
    if not is_target:
        return lesson.with_entries(stay)
    return lesson.with_entries([*moved, *stay] if at_start else [*stay, *moved])


@dataclass(frozen=True)
class EntryMove:
    """An entry that goes from one lesson to another."""

    entry: ArrangedEntry
    source: ArrangedLesson
    target: ArrangedLesson

    @property
    def leaves_gap_in_text(self) -> bool:
        """Whether a block in the text of its old lesson asks the question."""
        is_question = self.entry.kind == QUESTION
        return is_question and self.entry.handle in self.source.asked_in_text


@dataclass(frozen=True)
class Rearrangement:
    """The differences between two arrangements of the same lessons and entries."""

    before: Arrangement
    after: Arrangement
    _homes: dict[int, ArrangedLesson] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        homes = {lesson.pk: lesson for lesson in self.before}
        object.__setattr__(self, "_homes", homes)

    @property
    def is_reordered(self) -> bool:
        """Whether the lessons stand in another order."""
        return [one.pk for one in self.before] != [one.pk for one in self.after]

    @cached_property
    def moves(self) -> list[EntryMove]:
        """The entries that go to another lesson."""
        return [
            EntryMove(entry, self._homes[entry.home], lesson)
            for lesson in self.after
            for entry in lesson.entries
            if entry.home != lesson.pk
        ]

    @cached_property
    def changed(self) -> list[ArrangedLesson]:
        """The lessons, as they become, whose entries change."""
        return [
            lesson
            for lesson in self.after
            if lesson.entries != self._homes[lesson.pk].entries
        ]

    @property
    def reordered_within(self) -> list[ArrangedLesson]:
        """The lessons that keep their entries but in another order."""
        return [
            lesson
            for lesson in self.changed
            if set(lesson.entries) == set(self._homes[lesson.pk].entries)
        ]

    @property
    def losing_passage(self) -> list[ArrangedEntry]:
        """The questions that lose the link to the passage that answers them."""
        return [
            entry
            for lesson in self.changed
            for entry in lesson.questions
            if entry.answered_in and not self.keeps_passage(entry, lesson)
        ]

    @property
    def losing_where_they_are(self) -> list[ArrangedEntry]:
        """Those of them that stay in their lesson."""
        moved = {move.entry for move in self.moves}
        return [entry for entry in self.losing_passage if entry not in moved]

    def keeps_passage(self, entry: ArrangedEntry, lesson: ArrangedLesson) -> bool:
        """Return whether the passage that answers the question is in the lesson, too."""
        named = entry.answered_in
        is_home = entry.home == lesson.pk
        if not named.startswith(_TO_FAQ):
            return is_home
        handle = named.removeprefix(_TO_FAQ)
        at_home = [one for one in self._homes[entry.home].faq if one.handle == handle]
        return any(one in lesson.faq for one in at_home) or (is_home and not at_home)

    @property
    def collisions(self) -> Iterator[EntryMove]:
        """The moves to a lesson that has an entry with the same id or key."""
        for move in self.moves:
            others = [
                e for e in move.target.of_kind(move.entry.kind) if e != move.entry
            ]
            key = str(move.target.key_for(move.entry))
            if any(_collides(move.entry, key, other) for other in others):
                yield move


def _collides(entry: ArrangedEntry, key: str, other: ArrangedEntry) -> bool:
    return bool(entry.handle and entry.handle == other.handle) or other.key == key

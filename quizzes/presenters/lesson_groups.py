"""The lessons of a course in groups, so that a long list is built of few kept parts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from page_cache.memory import LatePart
from quizzes.queries.outline import CourseOutline, CourseOutlineLesson


@dataclass(frozen=True)
class SharedLessons:
    """Lessons that look the same to everybody who is as far in all of them."""

    lessons: tuple[CourseOutlineLesson, ...]


@dataclass(frozen=True)
class LessonGroup:
    """Lessons in order: `shared`, or the one that the learner goes on with, `next`."""

    shared: LatePart | None = None
    next: CourseOutlineLesson | None = None


def group_lessons(outline: CourseOutline) -> list[LessonGroup]:
    """Return the lessons of the outline in groups, without a query of its own.

    Lists are halved until all lessons of a group are in one state. So however many
    lessons a course has, few groups are shown, and few different ones are kept.
    """
    goes_on = outline.has_started and not outline.complete and outline.resumed
    next_key = goes_on.key if goes_on else ""
    kinds = [
        (line.state, line.update_due, line.key == next_key) for line in outline.lessons
    ]
    return list(_halve(outline, kinds, _ends_of_runs(kinds), 0, outline.total))


def _ends_of_runs(kinds: Sequence[object]) -> list[int]:
    """Return for each place where the equal values that it belongs to end."""
    ends = [len(kinds)] * len(kinds)
    for place in range(len(kinds) - 2, -1, -1):
        is_equal = kinds[place] == kinds[place + 1]
        ends[place] = ends[place + 1] if is_equal else place + 1
    return ends


def _halve(outline, kinds, ends, start, stop) -> Iterator[LessonGroup]:
    if start == stop:
        return
    if ends[start] < stop:
        middle = (start + stop) // 2
        yield from _halve(outline, kinds, ends, start, middle)
        yield from _halve(outline, kinds, ends, middle, stop)
        return
    *state, is_next = kinds[start]
    if is_next:
        yield LessonGroup(next=outline.lessons[start])
    else:
        yield LessonGroup(shared=_share(outline, start, stop, state))


def _share(outline, start, stop, state):
    """Return the lessons under their places and state: content says the rest."""
    name = ("lesson group", outline.course.pk, start, stop, *state)
    return LatePart(name, lambda: SharedLessons(tuple(outline.lessons[start:stop])))

"""How a course is received, lesson by lesson, in groups that are large enough. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from quizzes.rules.groups import may_be_shown
from training.reports.rules.drop_off import count_reached
from training.reports.rules.item_analysis import Pattern, analyse_items

MOST_MISSED = 5


@dataclass(frozen=True)
class LessonFigures:
    """What is counted about a lesson.

    `patterns` are the results of first attempts. `judged` people said whether it was
    clear, and `clear` of them that it was.
    """

    people: int
    finished: int
    patterns: tuple[Pattern, ...] = ()
    judged: int = 0
    clear: int = 0


@dataclass(frozen=True)
class OverviewLine:
    """A lesson's figures; None where the group is too small. Shares are from 0 to 1.

    `reached` people answered a question of it or of a later lesson, and `stopped` of
    them answered none of a later one.
    """

    reached: int | None
    people: int | None
    finished: int | None
    stopped: int | None
    not_sure: float | None
    clear: float | None


@dataclass(frozen=True)
class MissedQuestion:
    """A question and the share of people who did not get it right, from 0 to 1."""

    key: str
    missed: float


def describe_lessons(
    lessons: Sequence[LessonFigures], furthest: Mapping[int, int]
) -> list[OverviewLine]:
    """Return a line for each lesson, in order.

    `furthest` maps the place of the last lesson that somebody answered in → people.
    """
    reached = count_reached(furthest, len(lessons))
    return [
        _describe(lesson, reached[place], furthest.get(place, 0))
        for place, lesson in enumerate(lessons)
    ]


def _describe(lesson: LessonFigures, reached: int, stopped: int) -> OverviewLine:
    is_group = may_be_shown(lesson.people)
    return OverviewLine(
        reached=reached if may_be_shown(reached) else None,
        people=lesson.people if is_group else None,
        finished=lesson.finished if is_group else None,
        stopped=stopped if may_be_shown(reached) else None,
        not_sure=_share_not_sure(lesson.patterns),
        clear=lesson.clear / lesson.judged if may_be_shown(lesson.judged) else None,
    )


def _share_not_sure(patterns: Iterable[Pattern]) -> float | None:
    """Return the share of answers that were “I'm not sure yet”, or None."""
    patterns = list(patterns)
    if not may_be_shown(sum(pattern.people for pattern in patterns)):
        return None
    asked = sum(len(pattern.asked) * pattern.people for pattern in patterns)
    unsure = sum(len(pattern.not_sure) * pattern.people for pattern in patterns)
    return unsure / asked if asked else None


def find_most_missed(lessons: Iterable[LessonFigures]) -> list[MissedQuestion]:
    """Return the questions that most people missed, the most missed first."""
    found = [
        MissedQuestion(key, 1 - item.facility)
        for lesson in lessons
        for key, item in analyse_items(lesson.patterns, {}).items()
        if item and item.facility < 1
    ]
    return sorted(found, key=lambda each: (-each.missed, each.key))[:MOST_MISSED]

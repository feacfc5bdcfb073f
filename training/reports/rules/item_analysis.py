"""How well each question of a quiz works. Pure.

The formulas come from Moodle's quiz statistics (docs.moodle.org/dev, “Quiz statistics
calculations”), for questions that are right (1) or not (0):

- facility = Σx / n, the share of people who got the question right;
- discrimination = 100 · C(x, r) / √(V(x) · V(r)), where r is what the same person got in
  the rest of the quiz: the question itself is left out, so that it does not correlate
  with itself. Undefined if everybody did alike, or there was no rest.

Moodle's r is a sum of marks. Here it is a share, because a quiz that has grown asks
some people more questions; if all were asked the same, the result is the same.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from quizzes.rules.groups import may_be_shown


@dataclass(frozen=True)
class Pattern:
    """An attempt's result by question key, and how many people had exactly this."""

    right: frozenset[str]
    wrong: frozenset[str]
    not_sure: frozenset[str]
    people: int = 1

    @property
    def asked(self) -> frozenset[str]:
        return self.right | self.wrong | self.not_sure


@dataclass(frozen=True)
class ItemFigures:
    """The statistics of one question. Shares and facility are from 0 to 1.

    `discrimination` is from -100 to 100, or None if undefined; `chosen` maps wrong part
    of an answer → share of the people asked who gave it.
    """

    people: int
    facility: float
    discrimination: float | None
    not_sure: float
    chosen: Mapping[str, float]


def analyse_items(
    patterns: Iterable[Pattern], chosen: Mapping[str, Mapping[str, int]]
) -> dict[str, ItemFigures | None]:
    """Return each question's statistics, or None if too few people were asked.

    `chosen` maps question key → wrong part of an answer → how many gave it.
    """
    patterns = list(patterns)
    asked = {key for pattern in patterns for key in pattern.asked}
    return {key: _analyse(key, patterns, chosen.get(key, {})) for key in asked}


def _analyse(
    key: str, patterns: list[Pattern], chosen: Mapping[str, int]
) -> ItemFigures | None:
    mine = [pattern for pattern in patterns if key in pattern.asked]
    people = sum(pattern.people for pattern in mine)
    if not may_be_shown(people):
        return None
    right = sum(pattern.people for pattern in mine if key in pattern.right)
    not_sure = sum(pattern.people for pattern in mine if key in pattern.not_sure)
    return ItemFigures(
        people=people,
        facility=right / people,
        discrimination=_discrimination(key, mine),
        not_sure=not_sure / people,
        chosen={option: count / people for option, count in chosen.items()},
    )


def _discrimination(key: str, patterns: list[Pattern]) -> float | None:
    """Return 100 times the correlation of the question with the rest of the quiz."""
    pairs: Counter[tuple[float, float]] = Counter()
    for pattern in patterns:
        others = pattern.asked - {key}
        if others:
            rest = len(pattern.right - {key}) / len(others)
            pairs[float(key in pattern.right), rest] += pattern.people
    return correlation_of(pairs)


def correlation_of(pairs: Mapping[tuple[float, float], int]) -> float | None:
    """Return 100 times Pearson's correlation of (x, y) → count; None if undefined."""
    n = sum(pairs.values())
    if n == 0:
        return None
    mean_x = math.fsum(x * times for (x, _y), times in pairs.items()) / n
    mean_y = math.fsum(y * times for (_x, y), times in pairs.items()) / n
    centred = [(x - mean_x, y - mean_y, times) for (x, y), times in pairs.items()]
    both = math.fsum(x * y * times for x, y, times in centred)
    of_x = math.fsum(x * x * times for x, _y, times in centred)
    of_y = math.fsum(y * y * times for _x, y, times in centred)
    if of_x * of_y < 1e-18:
        return None
    return max(-100.0, min(100.0, 100 * both / math.sqrt(of_x * of_y)))

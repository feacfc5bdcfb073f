"""Where do people stop in a course? Pure.

A lesson counts as reached by whoever began it or any later one, so that whoever jumped
ahead does not make the numbers rise again.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Drop:
    """The step that the most people who came so far did not reach."""

    step: int
    people: int


def count_reached(furthest: Mapping[int, int], steps: int) -> list[int]:
    """Return for each step from 0 how many reached it; it never rises.

    `furthest` is the last step reached → how many people.
    """
    return [
        sum(people for step, people in furthest.items() if step >= number)
        for number in range(steps)
    ]


def largest_drop(counts: Sequence[int]) -> Drop | None:
    """Return the largest drop from one step to the next, the first of equals.

    None where nobody stopped.
    """
    drops = [
        Drop(number, counts[number - 1] - counts[number])
        for number in range(1, len(counts))
    ]
    largest = max(drops, key=lambda drop: drop.people, default=None)
    return largest if largest and largest.people else None

"""Where people stop in a course. Pure.

People have reached a lesson if they started it or any later one, so that people who
skip ahead do not make the numbers rise again.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Drop:
    """The step that most people who got as far as the previous one did not reach."""

    step: int
    people: int


def count_reached(furthest: Mapping[int, int], steps: int) -> list[int]:
    """Return how many people reached each step, from 0; the numbers never rise.

    `furthest` maps last step reached → number of people.
    """
    return [
        sum(people for step, people in furthest.items() if step >= number)
        for number in range(steps)
    ]


def largest_drop(counts: Sequence[int]) -> Drop | None:
    """Return the largest drop from one step to the next; the first if equal.

    None if nobody stopped.
    """
    drops = [
        Drop(number, counts[number - 1] - counts[number])
        for number in range(1, len(counts))
    ]
    largest = max(drops, key=lambda drop: drop.people, default=None)
    return largest if largest and largest.people else None

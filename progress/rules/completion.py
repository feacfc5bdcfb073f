"""When a course is done, and how much is left. Pure rules."""

from collections.abc import Collection, Mapping
from typing import TypeVar

Key = TypeVar("Key")


def course_is_done(done: Collection[Key], live: Collection[Key]) -> bool:
    """Return True if every live lesson is done. A course without lessons never is."""
    return bool(live) and set(live) <= set(done)


def count_done(done: Collection[Key], live: Collection[Key]) -> int:
    """Return how many live lessons are done; removed lessons do not count."""
    return len(set(live) & set(done))


def minutes_left(done: Collection[Key], minutes: Mapping[Key, int]) -> int:
    """Return the minutes of live lessons not yet done, given minutes by lesson."""
    return sum(length for key, length in minutes.items() if key not in done)


def fifths_done(done: int, total: int) -> int:
    """Return how many fifths of the lessons are done, from 0 to 5.

    The first lesson always shows, and 5 means all of them.
    """
    return max(1, done * 5 // total) if done else 0

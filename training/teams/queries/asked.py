"""What people in a team are asked to learn, as rooms above know it."""

import datetime as dt
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class AskedCourse:
    """What somebody is asked to learn until a day, and about how long it takes.

    `team` is the primary key of the team that it is asked through, if any.
    """

    title: str
    due: dt.date
    minutes: int
    team: int | None = None


AskedReader = Callable[[Collection[int], dt.datetime], Mapping[int, list[AskedCourse]]]

_readers: list[AskedReader] = []


def register_asked(reader: AskedReader) -> None:
    """Let a room say what accounts are asked to learn; see `asked_of`."""
    _readers.append(reader)


def asked_of(users: Collection[int], at: dt.datetime) -> dict[int, list[AskedCourse]]:
    """Return account id → what it is asked to learn, the first due date first."""
    found: dict[int, list[AskedCourse]] = {user: [] for user in users}
    for reader in _readers:
        for user, courses in reader(users, at).items():
            found[user] += courses
    for courses in found.values():
        courses.sort(key=lambda each: (each.due, each.title))
    return found

"""A roster in parts of some hundred people, as they are stored until applied. Pure."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from training.teams.rules.rosters.plan import KnownAccount, RosterPlan, make_roster_plan
from training.teams.rules.rosters.rows import ParsedRoster, RosterRow
from training.teams.rules.rosters.sheets import RosterChoices

# Whoever confirmed the whole roster confirmed this for each of its parts.
CONFIRMED = RosterChoices(leaves_empty=True, readdresses=True, misses_columns=True)
StoredPerson = Mapping[str, Any]


class RowChanged(Exception):
    """Something about this row of the file changed after it was confirmed."""

    def __init__(self, row: RosterRow):
        super().__init__(row)
        self.row = row


def store_people(plan: RosterPlan, most: int) -> Iterator[list[StoredPerson]]:
    """Yield the people of the plan, `most` at a time, with what is to be done."""
    steps = plan.steps
    for start in range(0, len(steps), most):
        yield [
            _day_as_text(asdict(step.row)) | {"fingerprint": step.fingerprint}
            for step in steps[start : start + most]
        ]


def rows_in(people: Sequence[StoredPerson]) -> list[RosterRow]:
    """Return the people as rows of the file."""
    return [_row(person) for person in people]


def plan_part(
    people: Sequence[StoredPerson], known: Mapping[str, KnownAccount]
) -> RosterPlan:
    """Return the plan for these people, which is what was confirmed.

    Raises RowChanged with the first row for which something else would be done now.
    """
    rows = rows_in(people)
    plan = make_roster_plan(ParsedRoster(tuple(rows), (), choices=CONFIRMED), known)
    now = {step.row.number: step.fingerprint for step in plan.steps}
    for row, person in zip(rows, people, strict=True):
        if now.get(row.number) != person["fingerprint"]:
            raise RowChanged(row)
    return plan


def _day_as_text(row: dict[str, Any]) -> dict[str, Any]:
    day = row["joined_on"]
    return row | {"joined_on": day and day.isoformat()}


def _row(person: StoredPerson) -> RosterRow:
    values = {name: value for name, value in person.items() if name != "fingerprint"}
    day = values["joined_on"]
    return RosterRow(**values | {"joined_on": day and dt.date.fromisoformat(day)})

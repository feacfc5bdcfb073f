"""What a file of completions would record, for its preview. Reads only."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from accounts.models import User
from accounts.rules.names import clean_address
from progress.rules.days import day_in
from training.assignments.models import CompletionElsewhere
from training.elsewhere.rules.files import (
    FileRow,
    KnownFacts,
    RowFault,
    parse_completions,
)
from training.reports.queries.matrix import courses_seen_by
from training.teams.actions.roster_reviews import is_address
from training.teams.models import Membership, Team
from training.teams.rules.rosters.columns import plain_heading
from training.teams.rules.rosters.sheets import RosterTable


@dataclass(frozen=True)
class CompletionPlan:
    """What would be recorded, what is recorded already, and what is wrong."""

    new: list[FileRow]
    known: list[FileRow]
    faults: list[RowFault]
    titles: dict[str, str]

    @property
    def can_be_recorded(self) -> bool:
        return bool(self.new) and not self.faults

    @property
    def lines(self) -> list[tuple[FileRow, str]]:
        """The new rows, each with the title of its course."""
        return [(row, self.titles[row.course]) for row in self.new]


def plan_completions(
    *,
    team: Team,
    table: RosterTable,
    source: str,
    vouched_by: str,
    by: User,
    at: dt.datetime,
) -> CompletionPlan:
    """Return what the table would record for the team's people, in four queries.

    Raises UnusableFile if the table as a whole cannot be used.
    """
    titles = {str(page.translation_key): page.title for page in courses_seen_by(by)}
    courses: dict[str, list[str]] = defaultdict(list)
    for key, title in titles.items():
        courses[plain_heading(title)].append(key)
    known = KnownFacts(
        people=_people(team),
        courses=courses,
        today=day_in(at, team.time_zone),
        is_address=is_address,
        source=source,
        vouched_by=vouched_by,
    )
    found = parse_completions(table, known)
    recorded = _recorded(found.rows)
    places = [(row, (row.learner, row.course, row.done_on)) for row in found.rows]
    return CompletionPlan(
        new=[row for row, place in places if place not in recorded],
        known=[row for row, place in places if place in recorded],
        faults=found.faults,
        titles=titles,
    )


def _people(team) -> dict[str, int]:
    rows = Membership.objects.current().filter(team=team, learner__user__isnull=False)
    return {
        clean_address(email): learner
        for email, learner in rows.values_list("learner__user__email", "learner")
    }


def _recorded(rows: Iterable[FileRow]) -> set[tuple[int, str, dt.date]]:
    held = CompletionElsewhere.objects.in_force().filter(
        learner__in={row.learner for row in rows},
        course_key__in={uuid.UUID(row.course) for row in rows},
    )
    return {
        (learner, str(course), day)
        for learner, course, day in held.values_list("learner", "course_key", "done_on")
    }

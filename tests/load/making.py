"""Storing a load of made-up people, in batches."""

import datetime as dt
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from django.db import transaction

from course.models import CoursePage
from course.queries import live_lessons
from progress.models import Certificate, Enrolment, LessonProgress
from quizzes.actions.beginning import freeze_paper
from quizzes.models import Answer, Attempt, Grade, Paper
from quizzes.queries.attempts import paper_of
from tests.load.histories import History, Writer
from tests.load.people import BATCH, Member, make_assignments, make_members, make_teams
from training.assignments.models import Assignment, Obligation
from training.assignments.rules import due
from training.assignments.rules.satisfaction import Requirement, find_satisfaction

PEOPLE_AT_ONCE = 200


class UnableToMakeLoad(Exception):
    """There is no live course with quizzes to learn from."""


@dataclass(frozen=True)
class Size:
    """How much is made: members, teams, and answers in all, about."""

    staff: int
    teams: int
    answers: int


@dataclass(frozen=True)
class Asked:
    """What one member is asked for, before anything was done for it."""

    assignment: Assignment
    obligation: Obligation


def make_load(
    *, size: Size, seed: int, at: dt.datetime, tell: Callable[[int, int], None]
) -> None:
    """Store the load; `tell(done, of)` hears how many members are complete.

    Raises UnableToMakeLoad.
    """
    rng = random.Random(seed)  # noqa: S311
    course, papers = _course_with_quizzes(at)
    with transaction.atomic():
        teams = make_teams(rng, size.teams, at)
        members = make_members(rng, teams, size.staff, at)
        lessons = [str(paper.lesson_key) for paper in papers]
        assigned = make_assignments(course, lessons, teams, at)
    tell(0, len(members))
    for start in range(0, len(members), PEOPLE_AT_ONCE):
        batch = members[start : start + PEOPLE_AT_ONCE]
        quota = size.answers * len(batch) // size.staff
        _make_batch(rng, course, papers, batch, assigned, quota, at)
        tell(start + len(batch), len(members))


def _course_with_quizzes(at) -> tuple[CoursePage, list[Paper]]:
    for course in CoursePage.objects.live().order_by("path"):
        sheets = [paper_of(lesson) for lesson in live_lessons(course)]
        if sheets and all(sheet.questions for sheet in sheets):
            return course, [freeze_paper(sheet, at) for sheet in sheets]
    raise UnableToMakeLoad


@transaction.atomic
def _make_batch(rng, course, papers, members, assigned, quota, at):
    asked = {m.learner.pk: _asked_of(m, assigned[m.team.pk], at) for m in members}
    histories = {}
    for member in members:
        opens_at = max(row.obligation.opens_at for row in asked[member.learner.pk])
        writer = Writer(rng, member, at)
        made = writer.history(course, papers, min(opens_at, at))
        if made:
            histories[member.learner.pk] = writer, made
    _practise(list(histories.values()), papers, quota)
    _store([made for _writer, made in histories.values()])
    lessons = {str(paper.lesson_key) for paper in papers}
    for learner, rows in asked.items():
        known = [histories[learner][1].learning] if learner in histories else []
        for row in rows:
            _settle(row, known, lessons)
    _store_rows(Obligation, [row.obligation for rows in asked.values() for row in rows])


def _asked_of(member: Member, assignments: list[Assignment], at) -> list[Asked]:
    found = []
    for assignment in assignments:
        cycle = due.first_cycle(
            assignment.timing, member.joined_at, member.team.time_zone
        )
        row = Obligation(
            assignment=assignment,
            learner=member.learner,
            team=member.team,
            opens_at=cycle.opens_at,
            due_at=cycle.due_at,
            time_zone=member.team.time_zone,
            requirement=assignment.requirement.as_json(),
            created_at=min(cycle.opens_at, at),
        )
        found.append(Asked(assignment, row))
    return found


def _practise(
    histories: list[tuple[Writer, History]], papers: Sequence[Paper], quota: int
) -> None:
    """Let those who passed something practise in turn until there are enough answers."""
    passed = [
        (w, made) for w, made in histories if any(r.passed_at for r in made.lessons)
    ]
    given = sum(len(made.answers) for _writer, made in histories)
    for writer, made in _in_turn(passed):
        if given >= quota:
            return
        before = len(made.answers)
        writer.practise(made, papers)
        given += len(made.answers) - before


def _in_turn(people: list) -> Iterator:
    while people:
        yield from people


def _settle(row: Asked, learning, lessons) -> None:
    wanted = Requirement.from_json(row.obligation.requirement)
    found = find_satisfaction(wanted, learning, lessons, row.obligation.opens_at)
    if found:
        row.obligation.satisfied_at, row.obligation.satisfied_by_id = found
        row.obligation.expires_at = due.expiry_of(
            row.assignment.timing, found[0], None, row.obligation.time_zone
        )


def _store(histories: list[History]) -> None:
    _store_rows(Enrolment, [made.enrolment for made in histories])
    for model, name in {
        LessonProgress: "lessons",
        Certificate: "certificates",
        Attempt: "attempts",
        Answer: "answers",
        Grade: "grades",
    }.items():
        _store_rows(model, [row for made in histories for row in getattr(made, name)])


def _store_rows(model, rows) -> None:
    model.objects.bulk_create(rows, batch_size=BATCH)

"""Queries about assignments, obligations and the learning they ask for."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Collection
from typing import Any, NamedTuple

from django.db.models import BigIntegerField, Q, QuerySet

from accounts.models import Learner
from page_cache.prepared import Given, PreparedQuery
from progress.models import Enrolment, LessonProgress
from quizzes.models import Attempt, Grade, Paper
from quizzes.rules import paper as papers
from training.assignments.models import (
    UNFINISHED,
    Assignment,
    ExceptionEntry,
    Obligation,
    Status,
)
from training.assignments.rules.satisfaction import (
    CountedAttempt,
    Learning,
    LessonLearning,
)
from training.teams.models import Membership, Team


def learning_of(
    learners: Collection[int], course_key: uuid.UUID
) -> dict[int, list[Learning]]:
    """Return learner id → what was learnt in each enrolment in the course.

    Five queries for any number of learners.
    """
    found = learning_by_course(learners, [course_key])
    return {learner: learning for (learner, _course), learning in found.items()}


def learning_by_course(
    learners: Collection[int], course_keys: Collection[uuid.UUID]
) -> dict[tuple[int, uuid.UUID], list[Learning]]:
    """Return (learner id, course key) → what was learnt in each enrolment.

    Five queries for any number of learners and courses.
    """
    enrolments = Enrolment.objects.filter(
        learner__in=learners, course_key__in=course_keys
    )
    found: dict[tuple[int, uuid.UUID], list[Learning]] = defaultdict(list)
    for enrolment, learning in learning_in(enrolments):
        found[enrolment.learner_id, enrolment.course_key].append(learning)
    return dict(found)


def learning_in(
    enrolments: QuerySet[Enrolment],
) -> list[tuple[Enrolment, Learning]]:
    """Return each enrolment with what was learnt in it, in five queries."""
    rows = {row.pk: row for row in enrolments}
    if not rows:
        return []
    tries = _tries(rows)
    lessons: dict[int, dict[str, LessonLearning]] = defaultdict(dict)
    for row in LessonProgress.objects.done().filter(enrolment__in=rows):
        key = (row.enrolment_id, str(row.lesson_key))
        lessons[row.enrolment_id][key[1]] = LessonLearning(
            passed_at=row.passed_at,
            read_at=row.read_at,
            read_signed_in=row.read_signed_in,
            last_read_at=row.last_read_at,
            tries=tuple(tries.pop(key, ())),
        )
    for (enrolment, lesson), left in tries.items():
        lessons[enrolment][lesson] = LessonLearning(tries=tuple(left))
    return [(row, Learning(pk, lessons[pk])) for pk, row in rows.items()]


def _tries(enrolments: Collection[int]) -> dict[tuple[int, str], list[CountedAttempt]]:
    """Return the marked attempts by (enrolment, lesson key), in chronological order."""
    attempts = Attempt.objects.submitted().filter(enrolment__in=enrolments)
    newest = _newest_grades(attempts)
    # Rows instead of models: there can be tens of thousands.
    rows = (
        attempts.with_signed_in()
        .order_by("submitted_at", "number")
        .values_list(
            "pk",
            "enrolment",
            "lesson_key",
            "number",
            "submitted_at",
            "signed_in",
            "paper",
        )
    )
    papers_by_id = _papers(
        {row[-1] for row in rows} | {paper for paper, _ in newest.values()}
    )
    found = defaultdict(list)
    for attempt, enrolment, lesson, number, at, signed_in, paper in rows:
        if attempt in newest:
            newest_paper, right = newest[attempt]
            found[enrolment, str(lesson)].append(
                CountedAttempt(
                    number=number,
                    at=at,
                    signed_in=signed_in,
                    paper=papers_by_id[paper],
                    now=papers_by_id[newest_paper],
                    right=right,
                )
            )
    return found


def _newest_grades(attempts: QuerySet[Attempt]) -> dict[int, tuple[int, list[str]]]:
    """Return attempt id → the paper it was last marked with, and what was right."""
    grades = Grade.objects.filter(attempt__in=attempts.values("pk")).order_by("run")
    rows = grades.values_list("attempt", "paper", "marks__right")
    return {attempt: (paper, right) for attempt, paper, right in rows}


def _papers(keys: Collection[int]) -> dict[int, papers.FrozenPaper]:
    return {pk: paper.content for pk, paper in Paper.objects.in_bulk(keys).items()}


def extra_attempts(obligations: Collection[int], at: dt.datetime) -> dict[int, int]:
    """Return obligation id → extra attempts granted, as in force at the moment."""
    found: dict[int, int] = defaultdict(int)
    rows = ExceptionEntry.objects.in_force(at).filter(
        obligation__in=obligations, kind=ExceptionEntry.Kind.EXTRA_ATTEMPTS
    )
    for obligation, more in rows.values_list("obligation", "extra_attempts"):
        found[obligation] += more
    return found


def hand_overs(
    obligations: Collection[int] | QuerySet[Any], at: dt.datetime
) -> dict[int, ExceptionEntry]:
    """Return obligation id → the newest hand-over in force at the moment.

    A hand-over to somebody who has been erased no longer applies.
    """
    rows = ExceptionEntry.objects.in_force(at).filter(
        obligation__in=obligations,
        kind=ExceptionEntry.Kind.HAND_OVER,
        deputy__user__is_active=True,
    )
    named = rows.select_related("deputy__user").order_by("starts_at", "pk")
    return {row.obligation_id: row for row in named}


class AskedLearner(NamedTuple):
    """Somebody an assignment applies to: through which team, and since when."""

    learner: int
    team: int | None
    joined_at: dt.datetime


def assignment_audience(assignment: Assignment) -> list[AskedLearner]:
    """Return everybody the assignment applies to; see `audience_of`."""
    return audience_of(
        teams=assignment.teams.all(),
        people=assignment.people.all(),
        since=assignment.audience_changed_at,
        created_at=assignment.created_at,
    )


def people_asked(assignment: Assignment, known: Collection[int]) -> list[AskedLearner]:
    """Return those of the audience who are asked; `known` are the learners asked before.

    Who joined later than the assignment was made is only asked if it says so.
    """
    return [
        row
        for row in assignment_audience(assignment)
        if assignment.later_joiners
        or row.learner in known
        or row.joined_at <= assignment.audience_since
    ]


def people_to_ask(assignment: Assignment) -> int:
    """Return how many should be asked and are not yet."""
    known = set(assignment.obligations.values_list("learner", flat=True))
    return sum(row.learner not in known for row in people_asked(assignment, known))


def audience_of(
    *,
    teams: QuerySet[Team],
    people: QuerySet[Learner],
    since: dt.datetime | None,
    created_at: dt.datetime,
) -> list[AskedLearner]:
    """Return the members of the teams and the individuals, each once.

    Nobody counts as having joined before `since`. Somebody in two of the teams is asked
    once, through the one they joined first. People who were erased or have no account
    are not asked. Two queries.
    """
    rows = (
        Membership.objects.current()
        .members()
        .filter(team__in=teams, learner__user__is_active=True)
        .order_by("joined_at", "pk")
        .values_list("learner", "team", "joined_at")
    )
    found: dict[int, AskedLearner] = {}
    for learner, team, joined_at in rows:
        joined = max(joined_at, since) if since else joined_at
        found.setdefault(learner, AskedLearner(learner, team, joined))
    for learner in people.filter(user__is_active=True).values_list("pk", flat=True):
        found.setdefault(learner, AskedLearner(learner, None, since or created_at))
    return list(found.values())


def obligations_of(learner: Learner, at: dt.datetime) -> list[Obligation]:
    """Return the learner's own and deputised obligations with status, by due date.

    One query.
    """
    hand_overs_taken = ExceptionEntry.objects.in_force(at).filter(
        kind=ExceptionEntry.Kind.HAND_OVER, deputy=learner
    )
    concerned = Obligation.objects.filter(
        Q(learner=learner) | Q(pk__in=hand_overs_taken.values("obligation"))
    )
    rows = concerned.with_status(at).exclude(status=Status.WITHDRAWN)
    named = rows.select_related("assignment", "learner__user")
    return list(named.order_by("effective_due_at", "pk"))


def _own_or_taken():
    learner = Given("learner", BigIntegerField())
    own = Obligation.objects.filter(learner=learner).order_by().values_list("pk")
    taken = ExceptionEntry.objects.filter(deputy=learner).order_by().values_list("pk")
    return own.union(taken, all=True)[:1]


_OWN_OR_TAKEN = PreparedQuery(_own_or_taken)


def may_have_obligations(learner: Learner) -> bool:
    """Return whether `obligations_of` may find any, much sooner than it does. One query."""
    return bool(_OWN_OR_TAKEN.all(learner=learner.pk))


def open_obligations_of(learner: Learner | None, at: dt.datetime) -> list[Obligation]:
    """Return what the learner has to do themselves, without what a deputy does."""
    if learner is None:
        return []
    rows = [row for row in obligations_of(learner, at) if row.status in UNFINISHED]
    deputies = hand_overs([row.pk for row in rows], at)
    return [
        row for row in rows if row.learner_id != learner.pk or row.pk not in deputies
    ]

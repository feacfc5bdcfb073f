"""Confirming who attended a session, which records completions and revokes them."""

import datetime as dt
import itertools
from collections import Counter
from collections.abc import Iterable
from operator import attrgetter

from django.db import transaction

from accounts.actions.learners import lock_learners
from accounts.models import User
from training.assignments.actions.completions import (
    CompletionFacts,
    UnableToRecord,
    record_completions,
    revoke_completions,
)
from training.assignments.models import CompletionElsewhere
from training.classroom.actions.sessions import lock_session, log_session
from training.classroom.models import Attendance, ClassroomSession
from training.classroom.queries.attendance import AttendancePlan
from training.classroom.wording import source_in_words, witness_in_words


class AttendanceHasChanged(Exception):
    """Something has changed since the plan was made; nothing was recorded."""


@transaction.atomic
def confirm_attendance(
    *,
    session: ClassroomSession,
    plan: AttendancePlan,
    reason: str,
    by: User,
    at: dt.datetime,
) -> None:
    """Record and revoke what the plan says, all of it or nothing.

    `reason` says why completions are revoked. Raises AttendanceHasChanged if somebody
    recorded one in the meantime, or a person is no longer in a team that `by` trains.
    """
    lock_learners({row.learner_id for row in plan.changed})
    stored = lock_session(session)
    if (stored.course_key, stored.held_on) != (session.course_key, session.held_on):
        raise AttendanceHasChanged
    try:
        _record(session, plan.record, by, at)
    except UnableToRecord as error:
        raise AttendanceHasChanged from error
    gone = [row.completion for row in plan.revoke]
    revoke_completions(completions=gone, reason=reason, by=by, at=at)
    _note(session, plan, by, at)
    log_session(
        "training.attendance",
        session,
        plan.changed,
        by=by,
        attended=_by_team([*plan.record, *plan.known]),
        revoked=_by_team([*plan.revoke, *plan.clear]),
    )


def _record(session, rows, by, at):
    facts = CompletionFacts(
        course_key=session.course_key,
        done_on=session.held_on,
        source=source_in_words(session),
        vouched_by=witness_in_words(session, by),
    )
    ordered = sorted(rows, key=attrgetter("team_id"))
    for _team, found in itertools.groupby(ordered, key=attrgetter("team_id")):
        of_team = list(found)
        record_completions(
            team=of_team[0].team,
            rows=[(row.learner_id, facts) for row in of_team],
            by=by,
            at=at,
        )


def _note(session, plan, by, at):
    """Write down who was confirmed, each with the completion that they got."""
    came = {row.learner_id: row for row in plan.record}
    made = CompletionElsewhere.objects.in_force().filter(
        learner__in=came, course_key=session.course_key, done_on=session.held_on
    )
    for completion in made:
        came[completion.learner_id].completion = completion
    noted = [*plan.record, *plan.known]
    for row in noted:
        row.confirmed_at, row.confirmed_by = at, by
    for row in plan.known:
        row.completion = None
    for row in plan.clear:
        row.confirmed_at = row.confirmed_by = None
    Attendance.objects.bulk_update(
        [*noted, *plan.clear],
        ["completion", "confirmed_at", "confirmed_by"],
        batch_size=100,
    )


def _by_team(rows: Iterable[Attendance]) -> dict[int, int]:
    return Counter(row.team_id for row in rows)

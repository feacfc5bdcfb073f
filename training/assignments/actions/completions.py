"""Recording what was completed elsewhere, and revoking it. Safe to call again."""

import datetime as dt
import hashlib
import uuid
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.actions.learners import lock_learners
from accounts.models import Learner, User
from progress.rules.days import day_in
from training.assignments.access import teams_to_record_in
from training.assignments.actions.obligations import withdraw_obligations
from training.assignments.actions.satisfaction import (
    mark_obligations_satisfied,
    mark_satisfied,
)
from training.assignments.models import (
    CompletionElsewhere,
    CompletionProof,
    Obligation,
)
from training.assignments.queries.contents import titles_of
from training.assignments.queries.learning import people_asked
from training.teams import log
from training.teams.access import teams_run_by
from training.teams.models import Membership, Team


class UnableToRecord(Exception):
    """The completion was not recorded. The text says why, and what to do.

    `field` names the fact that is wrong, if one is.
    """

    def __init__(self, text: str, field: str | None = None):
        super().__init__(text)
        self.field = field


@dataclass(frozen=True)
class ProofFile:
    """A file that proves a completion: its name and content."""

    name: str
    content: bytes


@dataclass(frozen=True)
class CompletionFacts:
    """What somebody completed elsewhere: course, day, where, and who says so."""

    course_key: uuid.UUID
    done_on: dt.date
    source: str
    vouched_by: str
    proof: ProofFile | None = None


@transaction.atomic
def record_completion(
    *,
    learner: Learner,
    team: Team,
    facts: CompletionFacts,
    key: uuid.UUID,
    by: User,
    at: dt.datetime,
) -> CompletionElsewhere:
    """Record it, and mark the obligations that it counts for as done.

    `key` comes from the form: submitted twice, it records and returns one completion.
    Raises UnableToRecord if the day is in the future for the team, if the same
    completion is recorded already, or if `by` does not train the person in the team.
    """
    _check(learner, team, facts, by, at)
    row = _row(learner.pk, team, facts, key, by, at)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        return _recorded_before(row)
    _attach(row, facts.proof)
    log.log_action(
        row,
        "training.completion_recorded",
        learner=learner,
        user=by,
        **_logged(row, titles_of([row.course_key])),
    )
    mark_satisfied(learner=learner, at=at, course_key=facts.course_key)
    return row


@transaction.atomic
def record_completions(
    *,
    team: Team,
    rows: Sequence[tuple[int, CompletionFacts]],
    by: User,
    at: dt.datetime,
) -> int:
    """Record what several people completed, by their keys; return how many.

    All or nothing: raises UnableToRecord as `record_completion` does.
    """
    people = {learner for learner, _facts in rows}
    _check_people(people, team, by)
    for _learner, facts in rows:
        _check_day(facts, team, at)
    made = [_row(learner, team, facts, uuid.uuid4(), by, at) for learner, facts in rows]
    _insert(made)
    courses = {facts.course_key for _learner, facts in rows}
    titles = titles_of(courses)
    log.log_actions(
        [(row, row.learner, _logged(row, titles)) for row in _with_learners(made)],
        "training.completion_recorded",
        user=by,
    )
    asked = Obligation.objects.filter(
        learner__in=people, assignment__course_key__in=courses
    )
    mark_obligations_satisfied(obligations=asked, at=at)
    return len(made)


def _check_people(people, team, by):
    lock_learners(people)
    mine = teams_run_by(by).filter(pk=team.pk)
    present = Membership.objects.current().filter(team__in=mine, learner__in=people)
    if people - set(present.values_list("learner", flat=True)):
        raise UnableToRecord(
            _("Somebody in the file has left the team. Nothing was recorded.")
        )


def _insert(made):
    try:
        with transaction.atomic():
            CompletionElsewhere.objects.bulk_create(made, batch_size=500)
    except IntegrityError:
        raise UnableToRecord(
            _("Some of these were recorded in the meantime. Upload the file again.")
        ) from None


def _with_learners(made):
    keys = [row.key for row in made]
    return CompletionElsewhere.objects.filter(key__in=keys).select_related("learner")


def _logged(row, titles):
    """Return the facts of the log. `titles` gives the course's title by its key."""
    course = titles.get(str(row.course_key), "")
    return {"course": course, "done_on": row.done_on.isoformat(), "source": row.source}


def _check(learner, team, facts, by, at):
    if not lock_learners([learner.pk]):
        raise UnableToRecord(_("This person has been erased in the meantime."))
    if not teams_to_record_in(by, learner).filter(pk=team.pk).exists():
        raise UnableToRecord(_("This person is no longer in a team that you train."))
    _check_day(facts, team, at)


def _check_day(facts, team, at):
    if facts.done_on > day_in(at, team.time_zone):
        raise UnableToRecord(
            _("This date is in the future. Enter the day on which it was completed."),
            "done_on",
        )


def _row(learner, team, facts, key, by, at):
    return CompletionElsewhere(
        learner_id=learner,
        team=team,
        course_key=facts.course_key,
        done_on=facts.done_on,
        source=facts.source,
        vouched_by=facts.vouched_by,
        key=key,
        recorded_on=day_in(at, team.time_zone),
        recorded_at=at,
        recorded_by=by,
    )


def _recorded_before(row):
    """Return what the same form recorded; raise UnableToRecord for another's."""
    same = CompletionElsewhere.objects.filter(key=row.key, learner=row.learner_id)
    if made := same.first():
        return made
    raise UnableToRecord(
        _("A completion of this course on this day is already recorded for them."),
        "done_on",
    )


def _attach(row, proof):
    if proof:
        CompletionProof.objects.create(
            completion=row,
            name=proof.name,
            sha256=hashlib.sha256(proof.content).hexdigest(),
            content=proof.content,
        )


def revoke_completion(
    *, completion: CompletionElsewhere, reason: str, by: User, at: dt.datetime
) -> None:
    """Let the completion count no longer; its record is kept.

    What was done by it is to be done again by its due date, unless something else
    counts. A cycle that has been followed by a later one is withdrawn instead. Revoking
    it again does nothing.
    """
    revoke_completions(completions=[completion], reason=reason, by=by, at=at)


@transaction.atomic
def revoke_completions(
    *,
    completions: Sequence[CompletionElsewhere],
    reason: str,
    by: User,
    at: dt.datetime,
) -> None:
    """Revoke several as `revoke_completion` does; those that were before stay so."""
    lock_learners(row.learner_id for row in completions)
    keys = [row.pk for row in completions]
    in_force = CompletionElsewhere.objects.in_force().filter(pk__in=keys)
    revoked = list(in_force.select_related("learner"))
    in_force.update(revoked_at=at, revoked_by=by, revoked_reason=reason)
    titles = titles_of({row.course_key for row in revoked})
    entries = [
        (row, row.learner, {"reason": reason} | _logged(row, titles)) for row in revoked
    ]
    log.log_actions(
        entries,
        "training.completion_revoked",
        user=by,
    )
    _reopen(revoked, at)


def _reopen(revoked, at):
    rows = Obligation.objects.filter(satisfied_elsewhere__in=revoked)
    opened = list(rows.select_related("assignment", "learner").order_by("pk"))
    keys = [row.pk for row in opened]
    reopened = Obligation.objects.filter(pk__in=keys)
    reopened.revise(at=at, satisfied_at=None, satisfied_elsewhere=None, expires_at=None)
    mark_obligations_satisfied(obligations=reopened, at=at)
    newest = set(reopened.newest_cycle().values_list("pk", flat=True))
    left = list(
        reopened.filter(satisfied_at=None).select_related("assignment", "learner")
    )
    asked = _people_still_asked(left)
    withdraw_obligations(
        obligations=[
            row
            for row in left
            if row.pk not in newest or (row.assignment_id, row.learner_id) not in asked
        ],
        at=at,
    )


def _people_still_asked(rows):
    """Return (assignment, learner) of those who are asked now, by assignments in force."""
    people = defaultdict(set)
    for row in rows:
        if not row.assignment.ended_at:
            people[row.assignment].add(row.learner_id)
    return {
        (assignment.pk, each.learner)
        for assignment, learners in people.items()
        for each in people_asked(assignment, learners)
    }

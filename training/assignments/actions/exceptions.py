"""Making and revoking exceptions to an obligation. Safe to call again.

The ledger is append-only: an entry ends by itself or is revoked, and stays readable
either way. It belongs to one cycle, so that nothing leaks into the next.
"""

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.actions.learners import lock_learners
from accounts.models import Learner, User
from training.assignments.actions.obligations import begin_courses_again
from training.assignments.actions.satisfaction import mark_obligations_satisfied
from training.assignments.models import ExceptionEntry, Obligation
from training.assignments.queries.exceptions_made import key_for
from training.assignments.rules import due
from training.assignments.wording.assignments import day_in_words as in_words
from training.teams import log
from training.teams.access import learners_run_by

Kind = ExceptionEntry.Kind


class UnableToExcept(Exception):
    """The exception was not made. The text says why, and what to do."""


@dataclass(frozen=True)
class Days:
    """From the start of one day (None: now) to the end of another (None: no end)."""

    since: dt.date | None = None
    until: dt.date | None = None


FROM_NOW = Days()


@dataclass(frozen=True)
class Refusal:
    """A person for whom an exception could not be made, and why."""

    obligation: Obligation
    why: str


class UnableToRevoke(Exception):
    """The exception is no longer in force, so it cannot be revoked."""


@transaction.atomic
def extend_due_date(
    *,
    obligation: Obligation,
    due_on: dt.date,
    reason: str,
    key: uuid.UUID,
    at: dt.datetime,
    by: User,
) -> ExceptionEntry:
    """Make it due at the end of a later day, in the obligation's own time zone.

    Raises UnableToExcept if the day is not later than the current due date.
    """
    if made := _made_with(key, obligation):
        return made
    row = _open(obligation, at)
    due_at = due.end_of_day(due_on, row.time_zone)
    if due_at <= max(row.effective_due_at, at):
        now_due = in_words(due.day_in(row.effective_due_at, row.time_zone))
        raise UnableToExcept(
            _("It is due on %(day)s. Choose a later date that is in the future.")
            % {"day": now_due}
        )
    return _enter(row, Kind.EXTENSION, reason, key, at, by, due_at=due_at)


@transaction.atomic
def waive_obligation(
    *,
    obligation: Obligation,
    reason: str,
    key: uuid.UUID,
    at: dt.datetime,
    by: User,
    days: Days = FROM_NOW,
) -> ExceptionEntry:
    """Ask for nothing in these days, or ever in this cycle if they have no end.

    Raises UnableToExcept if a waiver is already in force.
    """
    if made := _made_with(key, obligation):
        return made
    row = _open(obligation, at)
    _refuse_second(
        row, Kind.WAIVER, at, _("It is already waived. Revoke that waiver first.")
    )
    span = _span(row, days, at)
    return _enter(row, Kind.WAIVER, reason, key, at, by, **span)


@transaction.atomic
def grant_attempts(
    *,
    obligation: Obligation,
    number: int,
    reason: str,
    key: uuid.UUID,
    at: dt.datetime,
    by: User,
    days: Days = FROM_NOW,
) -> ExceptionEntry:
    """Let more attempts count than the rule says, and check whether it is now done.

    Raises UnableToExcept if all attempts count anyway.
    """
    if made := _made_with(key, obligation):
        return made
    row = _open(obligation, at)
    if row.requirement["attempts_counted"] is None:
        raise UnableToExcept(_("All attempts already count."))
    span = _span(row, days, at)
    entry = _enter(
        row, Kind.EXTRA_ATTEMPTS, reason, key, at, by, extra_attempts=number, **span
    )
    mark_obligations_satisfied(obligations=Obligation.objects.filter(pk=row.pk), at=at)
    return entry


@transaction.atomic
def hand_over(
    *,
    obligation: Obligation,
    deputy: Learner,
    reason: str,
    key: uuid.UUID,
    at: dt.datetime,
    by: User,
    days: Days = FROM_NOW,
) -> ExceptionEntry:
    """Let a deputy do it instead during these days.

    The deputy must have an account and be trained by `by`. Raises UnableToExcept
    otherwise, or if it has already been handed over.
    """
    if made := _made_with(key, obligation):
        return made
    row = _open(obligation, at, deputy)
    _check_deputy(row, deputy, by)
    already = _("It has already been handed over. Revoke that hand-over first.")
    _refuse_second(row, Kind.HAND_OVER, at, already)
    span = _span(row, days, at)
    entry = _enter(row, Kind.HAND_OVER, reason, key, at, by, deputy=deputy, **span)
    begin_courses_again(assignment=row.assignment, at=at)
    mark_obligations_satisfied(obligations=Obligation.objects.filter(pk=row.pk), at=at)
    return entry


@transaction.atomic
def revoke_exception(*, entry: ExceptionEntry, at: dt.datetime, by: User) -> None:
    """Revoke the exception from now on; what was done under it still counts.

    Raises UnableToRevoke if it has ended by itself, or is no exception but asked that
    something is done again. Revoking it again does nothing.
    """
    if entry.kind == Kind.ASKED_AGAIN:
        text = _("It cannot be revoked. Make a waiver if it need not be done.")
        raise UnableToRevoke(text)
    status = ExceptionEntry.objects.filter(pk=entry.pk, revoked_at=None)
    if entry.ends_at and entry.ends_at <= at:
        raise UnableToRevoke(_("It has already ended by itself."))
    if status.update(revoked_at=at, revoked_by=by):
        log.log_action(
            entry.obligation,
            "training.exception_revoked",
            learner=entry.obligation.learner,
            user=by,
            kind=entry.kind,
            entry=entry.pk,
        )


@transaction.atomic
def extend_several(
    *,
    obligations: Iterable[Obligation],
    due_on: dt.date,
    reason: str,
    key: uuid.UUID,
    at: dt.datetime,
    by: User,
) -> list[Refusal]:
    """Extend each of them; return those for whom it was not possible, and why."""
    return _several(
        extend_due_date, obligations, key, due_on=due_on, reason=reason, at=at, by=by
    )


@transaction.atomic
def waive_several(
    *,
    obligations: Iterable[Obligation],
    reason: str,
    key: uuid.UUID,
    at: dt.datetime,
    by: User,
    days: Days = FROM_NOW,
) -> list[Refusal]:
    """Waive each of them; return those for whom it was not possible, and why."""
    terms = {"reason": reason, "at": at, "by": by, "days": days}
    return _several(waive_obligation, obligations, key, **terms)


def _several(verb, obligations, key, **terms):
    refused, rows = [], sorted(obligations, key=lambda row: row.pk)
    lock_learners(row.learner_id for row in rows)
    for row in rows:
        try:
            # One form, many entries: each has its own key, derived from the form's.
            verb(obligation=row, key=key_for(key, row.pk), **terms)
        except UnableToExcept as error:
            refused.append(Refusal(row, str(error)))
    return refused


def _open(obligation, at, *others):
    """Return the obligation, locked, if it is still to be done by somebody."""
    people = {obligation.learner_id, *(learner.pk for learner in others)}
    if lock_learners(people) < people:
        raise UnableToExcept(_("Somebody whom it is about has been erased."))
    rows = Obligation.objects.select_related("assignment", "learner")
    Obligation.objects.select_for_update().get(pk=obligation.pk)
    row = rows.with_status(at).get(pk=obligation.pk)
    if row.satisfied_at:
        raise UnableToExcept(_("It is already done, so it needs no exception."))
    if row.withdrawn_at:
        raise UnableToExcept(_("It is no longer asked for."))
    return row


def _made_with(key, obligation):
    """Return the entry that the same form made earlier, if any."""
    return ExceptionEntry.objects.filter(key=key, obligation=obligation).first()


def _refuse_second(row, kind, at, message):
    status = row.exceptions.filter(kind=kind, revoked_at=None)
    if any(entry.ends_at is None or entry.ends_at > at for entry in status):
        raise UnableToExcept(message)


def _check_deputy(row, deputy, by):
    if deputy.pk == row.learner_id:
        raise UnableToExcept(
            _("Choose someone else. People cannot be their own deputy.")
        )
    mine = learners_run_by(by).filter(user__is_active=True, pk=deputy.pk)
    if not mine.exists():
        raise UnableToExcept(_("The deputy must be someone in one of your teams."))


def _span(row, days, at):
    """Return the start and end in the obligation's own time zone."""
    starts_at = at
    if days.since and days.since > due.day_in(at, row.time_zone):
        starts_at = due.start_of_day(days.since, row.time_zone)
    ends_at = due.end_of_day(days.until, row.time_zone) if days.until else None
    if ends_at and ends_at <= starts_at:
        raise UnableToExcept(_("It must end after it starts, and not in the past."))
    return {"starts_at": starts_at, "ends_at": ends_at}


def _enter(row, kind, reason, key, at, by, **values) -> ExceptionEntry:
    entry = ExceptionEntry(
        obligation=row,
        kind=kind,
        reason=reason,
        key=key,
        actor=by,
        created_at=at,
        **{"starts_at": at} | values,
    )
    try:
        with transaction.atomic():
            entry.save(force_insert=True)
    except IntegrityError:
        if made := _made_with(key, row):
            return made
        raise
    log.log_action(
        row,
        "training.exception",
        learner=row.learner,
        user=by,
        kind=kind,
        entry=entry.pk,
        reason=reason,
        **_new_terms(entry),
    )
    return entry


def _new_terms(entry):
    """Return what the exception gives, as facts of the log."""
    day = entry.due_at or entry.ends_at
    terms = {"until": day and day.isoformat(), "more_attempts": entry.extra_attempts}
    return {name: value for name, value in terms.items() if value}

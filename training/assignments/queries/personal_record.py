"""What one person was asked to learn, for a download; rows in plain values."""

from django.db.models import QuerySet

from accounts.models import Learner
from training.assignments.models import ExceptionEntry, Obligation
from training.teams.queries.personal_record import (
    Record,
    moment_in_record,
    name_in_record,
)


def assignment_record(learner: Learner) -> Record:
    """Return what the learner was asked for, and what they did as a deputy."""
    obligations = learner.obligations.select_related("assignment").prefetch_related(
        "exceptions__actor", "exceptions__deputy__user", "exceptions__revoked_by"
    )
    return {
        "assignments": [_obligation(row) for row in obligations.order_by("opens_at")],
        "standing_in": [_deputised(row) for row in _as_deputy(learner)],
    }


def _obligation(row: Obligation) -> Record:
    return {
        "assignment": row.assignment.title,
        "cycle": row.cycle,
        "opened": row.opens_at.isoformat(),
        "due": row.due_at.isoformat(),
        "due_with_days_added": row.moved_due_at and row.moved_due_at.isoformat(),
        "done": row.satisfied_at and row.satisfied_at.isoformat(),
        "valid_until": row.expires_at and row.expires_at.isoformat(),
        "withdrawn": row.withdrawn_at and row.withdrawn_at.isoformat(),
        "exceptions": [exception_record(entry) for entry in row.exceptions.all()],
    }


def _as_deputy(learner: Learner) -> QuerySet[ExceptionEntry]:
    rows = ExceptionEntry.objects.filter(deputy=learner)
    return rows.select_related("obligation__assignment").order_by("starts_at")


def _deputised(row: ExceptionEntry) -> Record:
    # The name of the other person is that person's data, not the deputy's.
    return {
        "assignment": row.obligation.assignment.title,
        "from": row.starts_at.isoformat(),
        "until": row.ends_at and row.ends_at.isoformat(),
    }


def exception_record(row: ExceptionEntry) -> Record:
    return {
        "kind": row.kind,
        "kind_in_words": str(row.get_kind_display()),
        "reason": row.reason,
        "by": name_in_record(row.actor),
        "from": moment_in_record(row.starts_at),
        "until": moment_in_record(row.ends_at),
        "new_due": moment_in_record(row.due_at),
        "extra_attempts": row.extra_attempts,
        "deputy": name_in_record(row.deputy.user) if row.deputy else None,
        "made": moment_in_record(row.created_at),
        "taken_back": moment_in_record(row.revoked_at),
        "taken_back_by": name_in_record(row.revoked_by),
    }

"""What one person was asked to learn, for a download; rows in plain values."""

from collections.abc import Mapping

from django.db.models import QuerySet

from accounts.models import Learner
from training.assignments.models import (
    CompletionElsewhere,
    ExceptionEntry,
    Obligation,
)
from training.assignments.queries.contents import titles_of
from training.teams.queries.personal_record import (
    Record,
    moment_in_record,
    name_in_record,
)


def assignment_record(learner: Learner) -> Record:
    """Return what the learner was asked for, did as a deputy and completed elsewhere."""
    obligations = learner.obligations.select_related("assignment").prefetch_related(
        "exceptions__actor", "exceptions__deputy__user", "exceptions__revoked_by"
    )
    return {
        "assignments": [_obligation(row) for row in obligations.order_by("opens_at")],
        "standing_in": [_deputised(row) for row in _as_deputy(learner)],
        "done_elsewhere": _elsewhere(learner),
    }


def _obligation(row: Obligation) -> Record:
    return {
        "assignment": row.assignment.title,
        "cycle": row.cycle,
        "opened": row.opens_at.isoformat(),
        "due": row.due_at.isoformat(),
        "due_with_days_added": row.moved_due_at and row.moved_due_at.isoformat(),
        "done": row.satisfied_at and row.satisfied_at.isoformat(),
        "done_elsewhere": row.is_done_elsewhere,
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


def _elsewhere(learner: Learner) -> list[Record]:
    rows = with_proofs(learner.completions_elsewhere.order_by("done_on", "pk"))
    titles = titles_of({row.course_key for row in rows})
    return [completion_record(row, titles) for row in rows]


def with_proofs(
    rows: QuerySet[CompletionElsewhere],
) -> QuerySet[CompletionElsewhere]:
    """Return the rows with all that `completion_record` needs, but no files."""
    named = rows.select_related("recorded_by", "revoked_by", "proof")
    return named.defer("proof__content")


def completion_record(row: CompletionElsewhere, titles: Mapping[str, str]) -> Record:
    """Return what was completed elsewhere, as others say. The file is not in it."""
    proof = getattr(row, "proof", None)
    key = str(row.course_key)
    return {
        "id": row.pk,
        "course": titles.get(key, key),
        "course_key": key,
        "done_on": row.done_on.isoformat(),
        "source": row.source,
        "vouched_by": row.vouched_by,
        "recorded": moment_in_record(row.recorded_at),
        "recorded_by": name_in_record(row.recorded_by),
        "proof": proof and {"file": proof.file_name, "sha256": proof.sha256},
        "revoked": moment_in_record(row.revoked_at),
        "revoked_by": name_in_record(row.revoked_by),
        "revoked_because": row.revoked_reason,
    }

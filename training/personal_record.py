"""What the training room holds about one person, for a download."""

from typing import Any

from django.db.models import Q

from accounts.models import Learner, User
from training import log
from training.evidence_rows import Record, exception, log_entry, membership
from training.models import ExceptionEntry, Notice, Obligation, ScheduledReport


def training_record(learner: Learner) -> dict[str, Any]:
    """Return teams, obligations, mail and log as plain values."""
    memberships = learner.memberships.select_related("team").order_by("joined_at")
    invitations = learner.invitations.select_related("team").order_by("invited_at")
    obligations = learner.obligations.select_related("assignment").prefetch_related(
        "exceptions__actor", "exceptions__deputy__user", "exceptions__revoked_by"
    )
    return {
        "teams": [membership(row) for row in memberships],
        "invitations": [_invitation(row) for row in invitations],
        "assignments": [_obligation(row) for row in obligations.order_by("opens_at")],
        "standing_in": [_deputised(row) for row in _as_deputy(learner)],
        "reports_by_email": [_scheduled(row) for row in _schedules(learner)],
        "log": [log_entry(row) for row in log.entries_about(learner)],
    }


def mail_record(user: User) -> list[dict[str, Any]]:
    """Return the mail that was, or is still to be, sent to the account."""
    return [
        {
            "kind": row.kind,
            "about": row.subject_key,
            "address": row.address,
            "planned_for": row.scheduled_for.isoformat(),
            "state": row.state,
            "sent": row.sent_at and row.sent_at.isoformat(),
            "why": row.why,
        }
        for row in notices_to(user).order_by("scheduled_for", "pk")
    ]


def notices_to(user: User):
    """Notices to the account, or to its address as that of a manager."""
    return Notice.objects.filter(Q(recipient=user) | Q(address__iexact=user.email))


def _invitation(row) -> Record:
    return {
        "team": row.team.name,
        "invited": row.invited_at.isoformat(),
        "address": row.address,
        "accepted": row.accepted_at and row.accepted_at.isoformat(),
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
        "exceptions": [exception(entry) for entry in row.exceptions.all()],
    }


def _schedules(learner):
    rows = ScheduledReport.objects.filter(recipient__learner=learner)
    return rows.select_related("team").order_by("created_at")


def _scheduled(row) -> Record:
    return {"about": str(row), "how_often": row.frequency}


def _as_deputy(learner):
    rows = ExceptionEntry.objects.filter(deputy=learner)
    return rows.select_related("obligation__assignment").order_by("starts_at")


def _deputised(row) -> Record:
    # For whom is that person's data, not the deputy's.
    return {
        "assignment": row.obligation.assignment.title,
        "from": row.starts_at.isoformat(),
        "until": row.ends_at and row.ends_at.isoformat(),
    }

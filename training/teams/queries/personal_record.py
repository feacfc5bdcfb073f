"""What the room holds about one person, for a download; rows in plain values."""

from typing import Any

from wagtail.models import ModelLogEntry

from accounts.models import Learner, User
from training.teams import log
from training.teams.models import Invitation, Membership, Team

Record = dict[str, Any]


def team_record(learner: Learner) -> Record:
    """Return teams, invitations and log as plain values."""
    memberships = learner.memberships.select_related("team").order_by("joined_at")
    invitations = learner.invitations.select_related("team").order_by("invited_at")
    return {
        "teams": [membership_record(row) for row in memberships],
        "invitations": [_invitation(row) for row in invitations],
        "log": [log_record(row) for row in log.entries_about(learner)],
    }


def managed_teams_record(user: User) -> list[str]:
    """Return the names of the teams with the account's address as their manager's."""
    teams = Team.objects.filter(manager_email__iexact=user.email)
    return list(teams.order_by("name").values_list("name", flat=True))


def _invitation(row: Invitation) -> Record:
    return {
        "team": row.team.name,
        "invited": row.invited_at.isoformat(),
        "address": row.address,
        "accepted": row.accepted_at and row.accepted_at.isoformat(),
    }


def membership_record(row: Membership) -> Record:
    return {
        "team": row.team.name,
        "role": row.role,
        "role_in_words": str(row.get_role_display()),
        "joined": moment_in_record(row.joined_at),
        "left": moment_in_record(row.left_at),
        "staff_number": row.staff_number,
        "job_title": row.job_title,
        "site": row.site,
    }


def log_record(row: ModelLogEntry) -> Record:
    return {
        "at": moment_in_record(row.timestamp),
        "action": row.action,
        "in_words": str(row.message),
        "by": name_in_record(row.user),
        "facts": {name: row.data[name] for name in row.data if name != "learner"},
    }


def name_in_record(user: User | None) -> str | None:
    return str(user) if user else None


def moment_in_record(value) -> str | None:
    return value.isoformat() if value else None

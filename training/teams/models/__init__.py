"""Teams, who belongs to them in which role, and how people join."""

from training.teams.models.joining import (
    Invitation,
    JoinLink,
    needs_password,
    new_code,
)
from training.teams.models.roster_parts import RosterPart
from training.teams.models.teams import (
    Membership,
    MembershipQuerySet,
    Team,
    TeamQuerySet,
    check_time_zone,
    site_time_zone,
)

__all__ = [
    "Invitation",
    "JoinLink",
    "Membership",
    "MembershipQuerySet",
    "RosterPart",
    "Team",
    "TeamQuerySet",
    "check_time_zone",
    "needs_password",
    "new_code",
    "site_time_zone",
]

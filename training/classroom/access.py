"""Who can see and change classroom sessions: as with the teams that are invited."""

from django.db.models import QuerySet

from accounts.models import User
from training.classroom.models import Attendance, ClassroomSession
from training.teams.access import teams_run_by, teams_seen_by


def attendances_seen_by(user: User) -> QuerySet[Attendance]:
    """Attendances through teams that the user can see."""
    return Attendance.objects.filter(team__in=teams_seen_by(user))


def attendances_run_by(user: User) -> QuerySet[Attendance]:
    """Attendances that the user may confirm: those through teams they train."""
    return Attendance.objects.filter(team__in=teams_run_by(user))


def sessions_seen_by(user: User) -> QuerySet[ClassroomSession]:
    """Sessions to which somebody was invited through a team that the user can see."""
    seen = attendances_seen_by(user)
    return ClassroomSession.objects.filter(pk__in=seen.values("session"))


def sessions_run_by(user: User) -> QuerySet[ClassroomSession]:
    """Sessions of which the user may take attendance, and know the code."""
    mine = attendances_run_by(user)
    return ClassroomSession.objects.filter(pk__in=mine.values("session"))


def can_change_session(user: User, session: ClassroomSession) -> bool:
    """Return whether the user trains all teams through which people were invited."""
    theirs = session.attendances.exclude(team__in=teams_run_by(user).values("pk"))
    return sessions_run_by(user).filter(pk=session.pk).exists() and not theirs.exists()

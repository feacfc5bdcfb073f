"""Who can see and revoke certificates."""

from django.db.models import Exists, OuterRef, Q, QuerySet
from wagtail.models import ModelLogEntry

from accounts.models import Learner, User
from mail.models import about_any
from progress.models import Certificate
from training.assignments.access import (
    assignments_run_by,
    completions_seen_by,
    obligations_seen_by,
)
from training.assignments.models import (
    Assignment,
    CompletionElsewhere,
    ExceptionEntry,
    Obligation,
)
from training.teams import log
from training.teams.access import (
    learners_run_by,
    learners_seen_by,
    may_oversee,
    memberships_seen_by,
    teams_seen_by,
)
from training.teams.models import Invitation, JoinLink, Membership, Team


def certificates_seen_by(user: User) -> QuerySet[Certificate]:
    """Certificates for what people were asked to learn, as far as the user can see it.

    Courses that people took on their own initiative are private.
    """
    asked = obligations_seen_by(user).filter(
        learner=OuterRef("enrolment__learner"),
        assignment__course_key=OuterRef("enrolment__course_key"),
    )
    return Certificate.objects.filter(Exists(asked))


def certificates_run_by(user: User) -> QuerySet[Certificate]:
    """Certificates that the user may revoke or reissue.

    For people who have left every team, only users who oversee all teams may.
    """
    seen = certificates_seen_by(user)
    if may_oversee(user):
        return seen
    return seen.filter(enrolment__learner__in=learners_run_by(user).values("pk"))


def certificate_mail_seen_by(user: User) -> Q:
    """Mail about certificates that the user can see."""
    return about_any(certificates_seen_by(user))


def certificate_mail_run_by(user: User) -> Q:
    """Mail about certificates that the user may send again."""
    return about_any(certificates_run_by(user))


def log_seen_by(user: User) -> QuerySet[ModelLogEntry]:
    """Return the log entries on things that the user can see, newest first."""
    entries = log.training_entries().select_related("user")
    entries = entries.order_by("-timestamp", "-pk")
    return entries if may_oversee(user) else entries.filter(_on_things_seen_by(user))


def log_about(learner: Learner, user: User) -> QuerySet[ModelLogEntry]:
    """Return the entries about the learner that the user can see, newest first."""
    return log_seen_by(user).filter(data__learner=str(learner.uuid))


def _on_things_seen_by(user):
    obligations, teams = obligations_seen_by(user), teams_seen_by(user)
    return log.on_any_of(
        {
            Obligation: obligations,
            ExceptionEntry: ExceptionEntry.objects.filter(obligation__in=obligations),
            Assignment: assignments_run_by(user),
            Membership: memberships_seen_by(user),
            Invitation: Invitation.objects.filter(team__in=teams),
            JoinLink: JoinLink.objects.filter(team__in=teams),
            Certificate: certificates_seen_by(user),
            CompletionElsewhere: completions_seen_by(user),
            Learner: learners_seen_by(user),
            Team: teams,
        }
    )

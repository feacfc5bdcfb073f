"""Who can see and revoke certificates."""

from django.db.models import Exists, OuterRef, Q, QuerySet
from wagtail.models import ModelLogEntry

from accounts.models import Learner, User
from mail.models import about_any
from progress.models import Certificate
from training.assignments.access import obligations_seen_by
from training.assignments.models import ExceptionEntry, Obligation
from training.teams import log
from training.teams.access import (
    learners_run_by,
    learners_seen_by,
    may_oversee,
    memberships_seen_by,
    teams_seen_by,
)
from training.teams.models import Invitation, Membership, Team


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


def log_seen_by(user: User, learner: Learner) -> QuerySet[ModelLogEntry]:
    """Return the log entries about the learner on things that the user can see."""
    entries = log.entries_about(learner)
    if may_oversee(user):
        return entries
    obligations = obligations_seen_by(user).filter(learner=learner)
    teams = teams_seen_by(user)
    rows = {
        Obligation: obligations,
        ExceptionEntry: ExceptionEntry.objects.filter(obligation__in=obligations),
        Membership: memberships_seen_by(user).filter(learner=learner),
        Invitation: Invitation.objects.filter(team__in=teams, learner=learner),
        Certificate: certificates_seen_by(user).filter(enrolment__learner=learner),
        Learner: learners_seen_by(user).filter(pk=learner.pk),
        Team: teams,
    }
    keys = {
        model: list(found.values_list("pk", flat=True)) for model, found in rows.items()
    }
    return log.entries_on(entries, keys)

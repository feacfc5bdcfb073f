"""Who sees whose certificates, and may revoke them."""

from django.db.models import Exists, OuterRef, QuerySet
from wagtail.models import ModelLogEntry

from accounts.models import Learner, User
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
    """Certificates of what people were asked to learn, as far as the user sees that.

    A course that somebody took of their own accord is nobody else's business.
    """
    asked = obligations_seen_by(user).filter(
        learner=OuterRef("enrolment__learner"),
        assignment__course_key=OuterRef("enrolment__course_key"),
    )
    return Certificate.objects.filter(Exists(asked))


def certificates_run_by(user: User) -> QuerySet[Certificate]:
    """Certificates that the user may revoke or issue again.

    Those of people who left every team are for whoever oversees all.
    """
    seen = certificates_seen_by(user)
    if may_oversee(user):
        return seen
    return seen.filter(enrolment__learner__in=learners_run_by(user).values("pk"))


def log_seen_by(user: User, learner: Learner) -> QuerySet[ModelLogEntry]:
    """Return what the log says of the learner about things that the user sees."""
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

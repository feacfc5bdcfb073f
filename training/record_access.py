"""Who sees what of the log about one person."""

from django.db.models import QuerySet
from wagtail.models import ModelLogEntry

from accounts.models import Learner, User
from progress.models import Certificate
from training import log
from training.access import (
    learners_seen_by,
    may_oversee,
    memberships_seen_by,
    teams_seen_by,
)
from training.assignment_access import obligations_seen_by
from training.certificate_access import certificates_seen_by
from training.models import (
    ExceptionEntry,
    Invitation,
    Membership,
    Obligation,
    Team,
)


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

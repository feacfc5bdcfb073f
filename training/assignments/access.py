"""Who sees whose assignments, obligations, and mail about them,, and may change them."""

from django.db.models import Q, QuerySet

from accounts.models import Learner, User
from mail.models import about_any
from training.assignments.models import Assignment, Obligation
from training.teams.access import (
    learners_run_by,
    learners_seen_by,
    may_enter,
    may_oversee,
    teams_run_by,
    teams_seen_by,
)
from training.teams.models import Membership, Team


def is_in_training(user: User) -> bool:
    """Return whether the user belongs to a team or is asked to learn something."""
    learner = Learner.objects.filter(user=user)
    in_team = Membership.objects.current().filter(learner__in=learner)
    asked = Obligation.objects.in_force().filter(learner__in=learner)
    return learner.filter(
        Q(pk__in=in_team.values("learner")) | Q(pk__in=asked.values("learner"))
    ).exists()


def obligations_seen_by(user: User) -> QuerySet[Obligation]:
    """Obligations through a team that the user sees, or of people in one personally."""
    if may_oversee(user):
        return Obligation.objects.all()
    return Obligation.objects.filter(
        Q(team__in=teams_seen_by(user))
        | Q(team=None, learner__in=learners_seen_by(user))
    )


def obligations_run_by(user: User) -> QuerySet[Obligation]:
    """Obligations to which the user may make exceptions."""
    if may_oversee(user):
        return Obligation.objects.all()
    return Obligation.objects.filter(
        Q(team__in=teams_run_by(user)) | Q(team=None, learner__in=learners_run_by(user))
    )


def assignments_seen_by(user: User) -> QuerySet[Assignment]:
    """Assignments to a team that the user sees, or to somebody in one."""
    if may_oversee(user):
        return Assignment.objects.all()
    to_teams = Assignment.objects.filter(teams__in=teams_seen_by(user))
    to_people = Assignment.objects.filter(people__in=learners_seen_by(user))
    return Assignment.objects.filter(
        Q(pk__in=to_teams.values("pk"))
        | Q(pk__in=to_people.values("pk"))
        | Q(created_by=user)
    )


def can_change_assignment(user: User, assignment: Assignment) -> bool:
    """Return whether everybody it is given to is in the user's hands."""
    if may_oversee(user):
        return True
    # Not through the assignment's own relations: they may hold only what is shown.
    teams = Team.objects.filter(assignments=assignment.pk)
    people = Learner.objects.filter(pk__in=_chosen(assignment))
    elsewhere = teams.exclude(pk__in=teams_run_by(user).values("pk"))
    strangers = people.exclude(pk__in=learners_run_by(user).values("pk"))
    return may_enter(user) and not (elsewhere.exists() or strangers.exists())


def _chosen(assignment):
    chosen = Assignment.people.through.objects.filter(assignment=assignment.pk)
    return chosen.values("learner")


def obligation_mail_seen_by(user: User) -> Q:
    """Mail about obligations that the user sees."""
    return about_any(obligations_seen_by(user))


def obligation_mail_run_by(user: User) -> Q:
    """Mail about obligations that the user may have sent once more."""
    return about_any(obligations_run_by(user))

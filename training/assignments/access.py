"""Who can see and change assignments, obligations and mail about them."""

from django.db.models import BigIntegerField, Exists, OuterRef, Q, QuerySet

from accounts.models import Learner, User
from mail.models import about_any
from page_cache.prepared import Given, PreparedQuery
from training.assignments.models import (
    Assignment,
    CompletionElsewhere,
    Obligation,
)
from training.teams.access import (
    learners_run_by,
    learners_seen_by,
    may_enter,
    may_oversee,
    teams_run_by,
    teams_seen_by,
)
from training.teams.models import Membership, Team

_USER = Given("user", BigIntegerField())
_MEMBERSHIP = PreparedQuery(
    lambda: (
        Membership.objects.current().filter(learner__user=_USER).values_list("pk")[:1]
    )
)
_OBLIGATION = PreparedQuery(
    lambda: (
        Obligation.objects.in_force().filter(learner__user=_USER).values_list("pk")[:1]
    )
)


def is_in_training(user: User) -> bool:
    """Return whether the user is in a team or has been asked to learn something."""
    # One query for both takes longer, and most are in a team.
    return bool(_MEMBERSHIP.all(user=user.pk) or _OBLIGATION.all(user=user.pk))


def obligations_seen_by(user: User) -> QuerySet[Obligation]:
    """Obligations through teams the user can see, or of individuals in them."""
    if may_oversee(user):
        return Obligation.objects.all()
    return Obligation.objects.filter(
        Q(team__in=teams_seen_by(user))
        | Q(team=None, learner__in=learners_seen_by(user))
    )


def obligations_run_by(user: User) -> QuerySet[Obligation]:
    """Obligations for which the user may make exceptions."""
    if may_oversee(user):
        return Obligation.objects.all()
    return Obligation.objects.filter(
        Q(team__in=teams_run_by(user)) | Q(team=None, learner__in=learners_run_by(user))
    )


def assignments_seen_by(user: User) -> QuerySet[Assignment]:
    """Assignments to teams that the user can see, or to people in them."""
    if may_oversee(user):
        return Assignment.objects.all()
    to_teams = Assignment.objects.filter(teams__in=teams_seen_by(user))
    to_people = Assignment.objects.filter(people__in=learners_seen_by(user))
    return Assignment.objects.filter(
        Q(pk__in=to_teams.values("pk"))
        | Q(pk__in=to_people.values("pk"))
        | Q(created_by=user)
    )


def assignments_run_by(user: User) -> QuerySet[Assignment]:
    """Assignments to nobody but people whom the user trains."""
    if may_oversee(user):
        return Assignment.objects.all()
    if not may_enter(user):
        return Assignment.objects.none()
    # Not through the assignment's own relations: these may be prefetched in part.
    teams = Assignment.teams.through.objects.exclude(
        team__in=teams_run_by(user).values("pk")
    )
    people = Assignment.people.through.objects.exclude(
        learner__in=learners_run_by(user).values("pk")
    )
    return Assignment.objects.exclude(
        Q(pk__in=teams.values("assignment")) | Q(pk__in=people.values("assignment"))
    )


def can_change_assignment(user: User, assignment: Assignment) -> bool:
    """Return whether the user trains everybody it is assigned to."""
    return assignments_run_by(user).filter(pk=assignment.pk).exists()


def completions_seen_by(user: User) -> QuerySet[CompletionElsewhere]:
    """Completions elsewhere recorded in teams that the user can see.

    Others only if the user can see that the person was asked for the course.
    """
    if may_oversee(user):
        return CompletionElsewhere.objects.all()
    asked = obligations_seen_by(user).filter(
        learner=OuterRef("learner"), assignment__course_key=OuterRef("course_key")
    )
    return CompletionElsewhere.objects.filter(
        Q(team__in=teams_seen_by(user)) | Q(Exists(asked))
    )


def completions_run_by(user: User) -> QuerySet[CompletionElsewhere]:
    """Completions elsewhere that the user may revoke: those of teams they train."""
    return CompletionElsewhere.objects.filter(team__in=teams_run_by(user))


def teams_to_record_in(user: User, learner: Learner) -> QuerySet[Team]:
    """Current teams of the person in which the user may record what they completed."""
    theirs = Membership.objects.current().filter(learner=learner)
    return teams_run_by(user).filter(pk__in=theirs.values("team")).order_by("name")


def obligation_mail_seen_by(user: User) -> Q:
    """Mail about obligations that the user can see."""
    return about_any(obligations_seen_by(user))


def obligation_mail_run_by(user: User) -> Q:
    """Mail about obligations that the user may send again."""
    return about_any(obligations_run_by(user))

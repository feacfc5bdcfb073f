"""Who sees whom. Every view, report, export and download asks here.

Trainers and observers see the teams in which they have that role; whoever may oversee
sees all. Only trainers change anything. Patients belong to no team, so nobody here
ever sees one.
"""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet
from wagtail.models import ModelLogEntry

from accounts.models import Learner, User
from progress.models import Certificate
from training import log
from training.invitation_links import needs_password
from training.models import (
    Assignment,
    ExceptionEntry,
    Invitation,
    Membership,
    Notice,
    Obligation,
    Team,
)

# The role that opens the training room, as a migration of authoring made it.
TRAINER = "Trainer"
LOOKING_AFTER = (Membership.Role.TRAINER, Membership.Role.OBSERVER)


def may_enter(user: User) -> bool:
    """Return whether the training room is open to the user at all."""
    return user.has_perm("training.train")


def may_oversee(user: User) -> bool:
    """Return whether the user sees and runs every team."""
    return user.has_perm("training.oversee")


def may_make_teams(user: User) -> bool:
    """Return whether the user may make a team: not who only observes others'."""
    if may_oversee(user):
        return True
    observes = teams_seen_by(user).exists()
    return may_enter(user) and (not observes or teams_run_by(user).exists())


def works_only_here(user: User) -> bool:
    """Return whether the training room is all that the user does in the admin."""
    others = user.groups.exclude(name=TRAINER)
    return may_enter(user) and not (user.is_superuser or others.exists())


def teams_seen_by(user: User) -> QuerySet[Team]:
    """Teams, archived ones too, that the user looks after in whatever role."""
    return _teams(user, LOOKING_AFTER)


def teams_run_by(user: User) -> QuerySet[Team]:
    """Teams that the user may change, assign to and make exceptions in."""
    return _teams(user, (Membership.Role.TRAINER,))


def _teams(user, roles):
    if may_oversee(user):
        return Team.objects.all()
    if not may_enter(user):
        return Team.objects.none()
    mine = Membership.objects.filter(
        learner__user=user, left_at=None, role__in=list(roles)
    )
    return Team.objects.filter(pk__in=mine.values("team"))


def is_in_training(user: User) -> bool:
    """Return whether the user belongs to a team or is asked to learn something."""
    learner = Learner.objects.filter(user=user)
    in_team = Membership.objects.current().filter(learner__in=learner)
    asked = Obligation.objects.in_force().filter(learner__in=learner)
    return learner.filter(
        Q(pk__in=in_team.values("learner")) | Q(pk__in=asked.values("learner"))
    ).exists()


def learners_seen_by(user: User) -> QuerySet[Learner]:
    """Everybody who is, or once was, in a team that the user sees."""
    return _learners(teams_seen_by(user))


def learners_run_by(user: User) -> QuerySet[Learner]:
    """Everybody who is in a team that the user may change."""
    return _learners(teams_run_by(user), left_at=None)


def may_correct_address(user: User, learner: Learner) -> bool:
    """Return whether the user may say where an invitation of the learner goes."""
    return learner.pk in correctable(user, [learner])


def correctable(user: User, learners: Iterable[Learner]) -> set[int]:
    """Return the ids of those of whom the user may say where an invitation goes.

    Whoever gets it gets the account, so it must be one that nobody has ever used, that
    does nothing but learn, and that only teams of the user's know. Three queries.
    """
    unused = {
        each.pk
        for each in learners
        if each.user and each.user.is_active and needs_password(each.user)
    }
    if not unused or user.has_perm("accounts.change_user"):
        return unused
    teams, theirs = teams_run_by(user).values("pk"), Q(learner__in=unused)
    elsewhere = Membership.objects.filter(theirs, left_at=None).exclude(team__in=teams)
    strange = Invitation.objects.filter(theirs, accepted_at=None)
    strange = strange.exclude(team__in=teams)
    does_more = User.objects.filter(
        theirs & (Q(is_superuser=True) | Q(groups__isnull=False))
    )
    return (
        unused
        - set(elsewhere.values_list("learner", flat=True))
        - set(strange.values_list("learner", flat=True))
        - set(does_more.values_list("learner", flat=True))
    )


def _learners(teams, **which):
    rows = Membership.objects.filter(team__in=teams, **which)
    return Learner.objects.filter(pk__in=rows.values("learner"))


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


def notices_seen_by(user: User) -> QuerySet[Notice]:
    """Mail about obligations and teams that the user sees, and what they get as trainer."""
    if may_oversee(user):
        return Notice.objects.all()
    seen = Q(obligation__in=obligations_seen_by(user)) | Q(
        obligation=None, team__in=teams_seen_by(user)
    )
    own = Q(obligation=None, team=None, recipient=user)
    return Notice.objects.filter(seen | own if may_enter(user) else seen)


def notices_run_by(user: User) -> QuerySet[Notice]:
    """Mail that the user may have sent once more."""
    if may_oversee(user):
        return Notice.objects.all()
    return Notice.objects.filter(
        Q(obligation__in=obligations_run_by(user))
        | Q(obligation=None, team__in=teams_run_by(user))
    )


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


def memberships_seen_by(user: User) -> QuerySet[Membership]:
    """Who is, or once was, in a team that the user sees."""
    return Membership.objects.filter(team__in=teams_seen_by(user))


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

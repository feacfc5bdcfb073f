"""Who can see whom. Every view, report, export and download checks here.

Trainers and observers see the teams in which they have that role; users with the
oversee permission see all teams. Only trainers can change anything. Patients belong to
no team, so nobody sees them here.
"""

from collections.abc import Iterable

from django.contrib.auth.models import Group
from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.models import Learner, User
from accounts.queries.people import may_have_proposals
from mail.models import about_any
from training.teams.models import Invitation, Membership, Team, needs_password

# The group that opens the training area, created by a migration of review.
TRAINER = "Trainer"
LOOKING_AFTER = (Membership.Role.TRAINER, Membership.Role.OBSERVER)


def may_enter(user: User) -> bool:
    """Return whether the user may enter the training area."""
    return user.has_perm("teams.train")


def may_oversee(user: User) -> bool:
    """Return whether the user can see and run every team."""
    return user.has_perm("teams.oversee")


def may_make_teams(user: User) -> bool:
    """Return whether the user may create a team. Users who only observe may not."""
    if may_oversee(user):
        return True
    observes = teams_seen_by(user).exists()
    return may_enter(user) and (not observes or teams_run_by(user).exists())


def works_only_here(user: User) -> bool:
    """Return whether the user has no work in the admin outside the training area."""
    others = user.groups.exclude(name=TRAINER)
    return may_enter(user) and not (user.is_superuser or others.exists())


def teams_seen_by(user: User) -> QuerySet[Team]:
    """Teams the user looks after in any role, archived teams included."""
    return _teams(user, LOOKING_AFTER)


def teams_run_by(user: User) -> QuerySet[Team]:
    """Teams in which the user may make changes, assignments and exceptions."""
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


def learners_seen_by(user: User) -> QuerySet[Learner]:
    """Everybody who is or has been in a team that the user can see."""
    return _learners(teams_seen_by(user))


def learners_run_by(user: User) -> QuerySet[Learner]:
    """Everybody who is in a team that the user may change."""
    return _learners(teams_run_by(user), left_at=None)


def may_correct_address(user: User, learner: Learner) -> bool:
    """Return whether the user may correct the address of the learner's invitation."""
    return learner.pk in correctable_learners(user, [learner])


def correctable_learners(user: User, learners: Iterable[Learner]) -> set[int]:
    """Return the ids of the learners whose invitation address the user may correct.

    Whoever gets the invitation gets the account. So nobody may have used the account
    yet, it may have no rights beyond learning, and it may belong only to teams that the
    user runs. Three queries.
    """
    unused = {
        each.pk
        for each in learners
        if each.user and each.user.is_active and needs_password(each.user)
    }
    if not unused or user.is_superuser:
        return unused
    if user.has_perm("accounts.change_user"):
        # Whoever gets an operator's invitation can do everything.
        return unused - {
            each.pk for each in learners if each.user and each.user.is_superuser
        }
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


def may_propose_address(user: User, learner: Learner) -> bool:
    """Return whether the user may propose a new address for the learner.

    Before the first sign-in, it is corrected instead. An address is a way into the
    account, so nobody proposes one for people who may enter the admin.
    """
    owner = learner.user
    if owner is None or needs_password(owner) or not may_have_proposals(owner):
        return False
    return learners_run_by(user).filter(pk=learner.pk).exists()


def working_elsewhere() -> QuerySet[User]:
    """Accounts that have rights on the site beyond training and learning."""
    other_roles = Group.objects.exclude(name=TRAINER).filter(user=OuterRef("pk"))
    return User.objects.filter(Q(is_superuser=True) | Q(Exists(other_roles)))


def may_correct_name(user: User, learner: Learner) -> bool:
    """Return whether the user may correct the name of somebody they train.

    Readers of the site see the names of people who write for it, so theirs are for
    administrators.
    """
    if user.has_perm("accounts.change_user"):
        return True
    writes = working_elsewhere().filter(pk=learner.user_id)
    return learners_run_by(user).filter(pk=learner.pk).exists() and not writes.exists()


def _learners(teams, **which):
    rows = Membership.objects.filter(team__in=teams, **which)
    return Learner.objects.filter(pk__in=rows.values("learner"))


def memberships_seen_by(user: User) -> QuerySet[Membership]:
    """Current and past memberships of teams that the user can see."""
    return Membership.objects.filter(team__in=teams_seen_by(user))


def team_mail_seen_by(user: User) -> Q:
    """Mail about teams that the user can see, and mail they get as a trainer.

    Users who oversee all teams also see all mail.
    """
    if may_oversee(user):
        return ~Q(pk__in=[])
    seen = about_any(teams_seen_by(user))
    own = Q(about_id=None, recipient=user)
    return seen | own if may_enter(user) else seen


def team_mail_run_by(user: User) -> Q:
    """Mail about teams that the user may send again."""
    return ~Q(pk__in=[]) if may_oversee(user) else about_any(teams_run_by(user))

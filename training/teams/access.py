"""Who sees whom. Every view, report, export and download asks here.

Trainers and observers see the teams in which they have that role; whoever may oversee
sees all. Only trainers change anything. Patients belong to no team, so nobody here
ever sees one.
"""

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from accounts.models import Learner, User
from mail.models import about_any
from training.teams.models import Invitation, Membership, Team, needs_password

# The role that opens the training room, as a migration of review made it.
TRAINER = "Trainer"
LOOKING_AFTER = (Membership.Role.TRAINER, Membership.Role.OBSERVER)


def may_enter(user: User) -> bool:
    """Return whether the training room is open to the user at all."""
    return user.has_perm("teams.train")


def may_oversee(user: User) -> bool:
    """Return whether the user sees and runs every team."""
    return user.has_perm("teams.oversee")


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


def learners_seen_by(user: User) -> QuerySet[Learner]:
    """Everybody who is, or once was, in a team that the user sees."""
    return _learners(teams_seen_by(user))


def learners_run_by(user: User) -> QuerySet[Learner]:
    """Everybody who is in a team that the user may change."""
    return _learners(teams_run_by(user), left_at=None)


def may_correct_address(user: User, learner: Learner) -> bool:
    """Return whether the user may say where an invitation of the learner goes."""
    return learner.pk in correctable_learners(user, [learner])


def correctable_learners(user: User, learners: Iterable[Learner]) -> set[int]:
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


def memberships_seen_by(user: User) -> QuerySet[Membership]:
    """Who is, or once was, in a team that the user sees."""
    return Membership.objects.filter(team__in=teams_seen_by(user))


def team_mail_seen_by(user: User) -> Q:
    """Mail about teams that the user sees, and what they get as a trainer.

    Whoever oversees all teams sees all mail, too.
    """
    if may_oversee(user):
        return ~Q(pk__in=[])
    seen = about_any(teams_seen_by(user))
    own = Q(about_id=None, recipient=user)
    return seen | own if may_enter(user) else seen


def team_mail_run_by(user: User) -> Q:
    """Mail about teams that the user may have sent once more."""
    return ~Q(pk__in=[]) if may_oversee(user) else about_any(teams_run_by(user))

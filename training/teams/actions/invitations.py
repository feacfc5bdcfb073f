"""Inviting people into a team by e-mail, and letting them in. Safe to call again."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.db.models.functions import Lower

from accounts.actions.learners import lock_learners, make_accounts
from accounts.models import Learner, User
from accounts.rules.names import clean_address
from mail.actions.hurrying import send_soon
from mail.models import Message
from training.teams import log
from training.teams.actions.memberships import Joining, join_all, learners_of
from training.teams.kinds.invitation import InvitationMail
from training.teams.models import Invitation, JoinLink, Membership, Team, needs_password
from training.teams.queries.invitation_links import InvitationStatus, invitation_status

LASTS = dt.timedelta(days=14)
# A database takes this many values in a query.
MOST_AT_ONCE = 10_000


class UnableToInvite(Exception):
    """The person is no longer in the team, or has already signed in."""


class UnableToAccept(Exception):
    """The invitation has been used, has expired or was withdrawn."""


@dataclass(frozen=True)
class Newcomer:
    """Somebody to add to a team, identified by their address."""

    email: str
    role: str = Membership.Role.MEMBER
    first_name: str = ""
    last_name: str = ""
    since: dt.datetime | None = None


@dataclass(frozen=True)
class AddedPeople:
    """How many people were new and invited, and how many already had an account."""

    invited: int
    added: int


@transaction.atomic
def add_people(
    *,
    team: Team,
    people: Iterable[Newcomer],
    by: User,
    at: dt.datetime,
    notify: bool = True,
) -> AddedPeople:
    """Add them all to the team, creating accounts where there are none.

    People who have never signed in get an invitation; others get a message that they
    were added. For people already in the team, only the role changes. Raises
    UnableToJoin for an archived team.
    """
    target = {clean_address(person.email): person for person in people}
    users = _accounts(target)
    learners = learners_of(users=users.values(), at=at)
    joining = {
        email: Joining(learners[users[email].pk], person.role, person.since)
        for email, person in target.items()
    }
    came = join_all(team=team, people=joining.values(), at=at, by=by, notify=notify)
    new = [row.learner for row in joining.values() if row.learner.pk in came]
    invited = [learner for learner in new if needs_password(learner.user)]
    send_invitations(team, invited, by=by, at=at)
    known = {learner.pk for learner in new} - {learner.pk for learner in invited}
    _notify_added(team, known, at)
    return AddedPeople(len(invited), len(known))


def accounts_at(addresses: Iterable[str]) -> dict[str, User]:
    """Return lower-case address → account, closed accounts included."""
    users = User.objects.annotate(address=Lower("email"))
    target = [clean_address(address) for address in addresses]
    found = {}
    for start in range(0, len(target), MOST_AT_ONCE):
        some = users.filter(address__in=target[start : start + MOST_AT_ONCE])
        found |= {user.address: user for user in some}
    return found


def _accounts(target):
    found = accounts_at(target)
    try:
        with transaction.atomic():
            return found | _make_missing(target, found)
    except IntegrityError:
        # Somebody else invited one of them at the same time.
        found = accounts_at(target)
        return found | _make_missing(target, found)


def _make_missing(target, found):
    missing = [person for email, person in target.items() if email not in found]
    made = make_accounts(
        people=[(row.email, row.first_name, row.last_name) for row in missing]
    )
    return {user.email: user for user in made}


def send_invitations(
    team: Team,
    learners: Iterable[Learner],
    *,
    by: User | None,
    at: dt.datetime,
    code: str = "",
    actor: User | None = None,
) -> None:
    """Invite the learners into the team, each at the account's current address.

    `by` is the person the e-mail names as inviting. None means that they asked
    themselves, with the `code` of a join link. The log names the `actor`, if that is
    somebody else.
    """
    made = Invitation.objects.bulk_create(
        [
            Invitation(
                team=team,
                learner=learner,
                invited_by=by,
                invited_at=at,
                expires_at=at + LASTS,
                address=learner.user.email,
            )
            for learner in learners
        ],
        batch_size=500,
    )
    log.log_actions(
        [(row, row.learner, {"team": team.name}) for row in made],
        "training.invited",
        user=actor or by,
    )
    why = {"rule": "invited", "until": (at + LASTS).isoformat()}
    if code:
        why |= {"rule": "asked to join", "code": code}
    _queue(
        team, [(row.learner.user_id, f"invitation:{row.pk}", why) for row in made], at
    )


def _notify_added(team, learners, at):
    rows = team.memberships.filter(left_at=None, learner__in=learners)
    why = {"rule": "added to a team"}
    topics = [
        (user, f"membership:{pk}", why)
        for pk, user in rows.values_list("pk", "learner__user")
    ]
    _queue(team, topics, at)


def _queue(team, topics, at):
    """Put a message for each (account, topic, why) into the outbox."""
    send_soon(
        [
            Message(
                kind=InvitationMail.code,
                recipient_id=user,
                recipient_key=f"user:{user}",
                topic_key=topic,
                about=team,
                scheduled_for=at,
                created_at=at,
                why={"title": team.name, **why},
            )
            for user, topic, why in topics
        ],
        at=at,
    )


@transaction.atomic
def invite_again(*, team: Team, learner: Learner, by: User, at: dt.datetime) -> None:
    """Send a new invitation; the links in earlier ones stop working.

    Raises UnableToInvite.
    """
    # Before their invitations, as whoever erases them does.
    if not lock_learners([learner.pk]):
        raise UnableToInvite
    check_waiting(team, learner)
    end_invitations(team, [learner], at)
    send_invitations(team, [learner], by=by, at=at)


def check_waiting(team: Team, learner: Learner) -> None:
    """Raise UnableToInvite unless the learner is in the team and never signed in."""
    member = team.memberships.filter(learner=learner, left_at=None)
    if not (
        learner.user and learner.user.is_active and needs_password(learner.user)
    ) or (team.archived_at or not member.exists()):
        raise UnableToInvite


def end_invitations(team: Team, learners: Iterable[Learner], at: dt.datetime) -> None:
    """Make the links in the learners' earlier invitations into the team expire now."""
    waiting = team.invitations.filter(learner__in=list(learners), accepted_at=None)
    waiting.filter(invited_at__lt=at, expires_at__gt=at).update(expires_at=at)


@transaction.atomic
def ask_to_join(*, link: JoinLink, email: str, at: dt.datetime) -> None:
    """Send a link into the team to this address, creating an account if needed.

    Nobody joins the team until they have followed the link and confirmed. People who
    can already sign in get a link to the join page; a closed account gets nothing.
    """
    email = clean_address(email)
    user = _accounts({email: Newcomer(email)})[email]
    if not user.is_active:
        return
    if needs_password(user):
        learner = learners_of(users=[user], at=at)[user.pk]
        send_invitations(link.team, [learner], by=None, at=at, code=link.code)
    else:
        why = {"rule": "asked to join", "code": link.code}
        _queue(link.team, [(user.pk, f"join_link:{link.pk}", why)], at)


@transaction.atomic
def accept_invitation(
    *, invitation: Invitation, password: str, at: dt.datetime
) -> User:
    """Give the account its password, once, and return it.

    Raises UnableToAccept, with nothing done, if somebody has already used it.
    """
    open_row = Invitation.objects.filter(pk=invitation.pk, accepted_at=None)
    if invitation_status(
        invitation, at
    ) is not InvitationStatus.OPEN or not open_row.update(accepted_at=at):
        raise UnableToAccept
    user = invitation.learner.user
    user.set_password(password)
    user.save(update_fields=["password"])
    log.log_action(
        invitation,
        "training.accepted",
        learner=invitation.learner,
        user=user,
        team=invitation.team.name,
    )
    return user

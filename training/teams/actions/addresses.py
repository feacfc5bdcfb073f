"""What happens when an address is corrected: open invitations are sent there.

Addresses change in several places (Users in the admin, the team's page, a shell). So
these actions look at the state: an open invitation that went to an address other than
the account's current one. Every action is safe to call again.
"""

import datetime as dt
from collections.abc import Collection, Mapping

from django.db import IntegrityError, transaction
from django.db.models import F

from accounts.actions.learners import change_addresses
from accounts.models import Learner, User
from accounts.rules.names import clean_address
from mail.models import Message
from training.teams import log
from training.teams.actions.invitations import (
    accounts_at,
    check_waiting,
    end_invitations,
    invite_again,
    send_invitations,
)
from training.teams.models import Invitation, Team, needs_password
from training.teams.queries.invitation_links import InvitationStatus, invitation_status


class UnableToCorrect(Exception):
    """Another account already has the address."""


@transaction.atomic
def invite_at_new_addresses(
    *,
    at: dt.datetime,
    users: Collection[User] | None = None,
    actor: User | None = None,
) -> int:
    """Resend open invitations whose address has been corrected; return how many.

    Checks all accounts unless some are given. The `actor` is who made the correction,
    if known. An e-mail still in the outbox goes to the new address anyway.
    """
    rows = Invitation.objects.filter(
        accepted_at=None, expires_at__gt=at, learner__user__is_active=True
    ).exclude(address__in=["", F("learner__user__email")])
    if users is not None:
        rows = rows.filter(learner__user__in=users)
    people = rows.select_related("team", "learner__user", "invited_by").order_by("pk")
    # With several invitations into one team, only the newest is open.
    newest = {(row.team_id, row.learner_id): row for row in people}
    return sum(_invite_there(row, at, actor) for row in newest.values())


def _invite_there(row, at, actor):
    if invitation_status(row, at) is not InvitationStatus.OPEN:
        return 0
    mail = Message.objects.filter(topic_key=f"invitation:{row.pk}").first()
    if mail and mail.state == Message.State.QUEUED:
        return Invitation.objects.filter(pk=row.pk).update(
            address=row.learner.user.email
        )
    end_invitations(row.team, [row.learner], at)
    send_invitations(
        row.team,
        [row.learner],
        by=row.invited_by,
        at=at,
        code=mail.why.get("code", "") if mail else "",
        actor=actor,
    )
    return 1


@transaction.atomic
def invite_at(
    *, team: Team, learner: Learner, email: str, by: User, at: dt.datetime
) -> None:
    """Correct the address of somebody who has never signed in, and invite them there.

    The caller checks `access.may_correct_address` first. If the address is unchanged,
    they are only invited again. Raises UnableToInvite and UnableToCorrect, with nothing
    done.
    """
    email = clean_address(email)
    if email == learner.user.email:
        invite_again(team=team, learner=learner, by=by, at=at)
        return
    if email in accounts_at([email]):
        raise UnableToCorrect
    check_waiting(team, learner)
    readdress_people(team=team, addresses={learner.user.email: email}, by=by, at=at)


@transaction.atomic
def readdress_people(
    *, team: Team, addresses: Mapping[str, str], by: User, at: dt.datetime
) -> None:
    """Change team members' addresses, and invite those who have never signed in.

    `addresses` maps old → new. The caller checks `access` first. Raises
    UnableToCorrect, with nothing done, if somebody else has one of the addresses.
    """
    users = accounts_at(addresses)
    try:
        with transaction.atomic():
            change_addresses(addresses={users[old]: addresses[old] for old in users})
    except IntegrityError as problem:
        raise UnableToCorrect from problem
    people = Learner.objects.filter(user__in=list(users.values()))
    learners = list(people.select_related("user")) if users else []
    entries = [(learner, learner, {}) for learner in learners]
    log.log_actions(entries, "training.readdressed", user=by)
    unused = [each for each in learners if needs_password(each.user)]
    if unused:
        end_invitations(team, unused, at)
        send_invitations(team, unused, by=by, at=at)
        # Other teams may also have invited them.
        accounts = [learner.user for learner in unused]
        invite_at_new_addresses(at=at, users=accounts, actor=by)

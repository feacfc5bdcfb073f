"""Queries about a learner and an account."""

import uuid
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth.models import Permission
from django.db.models import Q, QuerySet

from accounts.models import Learner, User
from accounts.queries.address_proposals import proposals_record
from accounts.rules.names import clean_address


def find_person(name: str) -> tuple[Learner | None, User | None]:
    """Return the person with this e-mail address or learner's UUID.

    The learner and the account belong together; either may be missing. People who were
    erased are not found.
    """
    present = Learner.objects.present()
    try:
        key = uuid.UUID(name)
    except ValueError:
        user = User.objects.filter(email__iexact=clean_address(name)).first()
        return user and present.filter(user=user).first(), user
    learner = present.filter(uuid=key).first()
    return learner, learner and learner.user


def may_enter_admin(user: User) -> bool:
    """Return whether the user may enter the admin, in whatever role."""
    return user.has_perm("wagtailadmin.access_admin")


def people_of_admin() -> QuerySet[User]:
    """Return everybody who may enter the admin: see `may_enter_admin`."""
    may = Permission.objects.filter(
        content_type__app_label="wagtailadmin", codename="access_admin"
    )
    roles = Q(groups__permissions__in=may) | Q(user_permissions__in=may)
    return User.objects.filter(Q(is_superuser=True) | roles).distinct()


def may_have_proposals(user: User) -> bool:
    """Return whether a new address may be proposed for the account."""
    return user.is_active and not may_enter_admin(user)


def opens_account(user: User, address: str) -> bool:
    """Return whether codes, new passwords and single sign-on may go by the address.

    If nothing is known of any address of the account, an administrator or a command made
    it, and vouches for the one that it has. Otherwise, only known addresses count, which
    were confirmed or are the one that somebody signed up with. One that was written into
    the account in some other way opens nothing.
    """
    known = set(user.emailaddress_set.values_list("email", flat=True))
    return not known or clean_address(address) in known


def learner_record(learner: Learner) -> dict[str, str]:
    """Return the content of the learner's own row, for a download."""
    return {
        "id": str(learner.uuid),
        "first_active": learner.created_at.isoformat(),
        "last_active": learner.last_active_at.isoformat(),
    }


def account_record(user: User) -> dict[str, Any]:
    """Return the content of an account, for a download; no password or secrets."""
    addresses = EmailAddress.objects.filter(user=user).order_by("email")
    factors = Authenticator.objects.filter(user=user).order_by("type")
    return {
        "email": user.email,
        "first_name": user.first_name,
        "last_name": user.last_name,
        "is_administrator": user.is_superuser,
        "roles": list(user.groups.order_by("name").values_list("name", flat=True)),
        "joined": user.date_joined.isoformat(),
        "last_sign_in": user.last_login and user.last_login.isoformat(),
        "addresses": [
            {"email": address.email, "verified": address.verified}
            for address in addresses
        ],
        "second_factors": list(factors.values_list("type", flat=True)),
        "asked_for_deletion": [
            {
                "asked": row.asked_at.isoformat(),
                "decided": row.decided_at and row.decided_at.isoformat(),
                "reason": row.reason,
            }
            for row in user.deletion_requests.order_by("asked_at")
        ],
        "proposed_addresses": proposals_record(user),
        "single_sign_on": list(
            SocialAccount.objects.filter(user=user).values("uid", "extra_data")
        ),
    }

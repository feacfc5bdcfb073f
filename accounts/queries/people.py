"""Queries about a learner and an account."""

import uuid
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount

from accounts.models import Learner, User
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
        "single_sign_on": list(
            SocialAccount.objects.filter(user=user).values("uid", "extra_data")
        ),
    }

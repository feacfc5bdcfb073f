"""The personal-data register: each room says what it holds about a person.

A room registers itself in `AppConfig.ready()`. Showing, downloading, erasing and
merging a person's data go through here, so nothing that a room keeps is forgotten.
Rooms register in the order of INSTALLED_APPS, the upper ones first: what points at
another room's rows is dealt with before these rows are.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse

from accounts.models import Learner, User


@dataclass(frozen=True)
class Holding:
    """What one room holds about a learner.

    `export` returns plain values that JSON can carry. `erase` removes whatever could
    tell who the learner was; a room whose rows only count leaves it out, since the
    learner they point to is blanked. `merge` gives what the first learner did to the
    second, within the transaction of `merge_learners`; merging again changes nothing.
    `merged(learner=…, at=…)` is called when all rooms have merged, with the second.
    """

    name: str
    description: str
    export: Callable[[Learner], Any]
    erase: Callable[[Learner, datetime], None] | None = None
    merge: Callable[[Learner, Learner, datetime], None] | None = None
    merged: Callable[..., None] | None = None


@dataclass(frozen=True)
class AccountHolding:
    """What one room holds about somebody's account, whether they learn or not.

    `erase` blanks whatever could tell who it was. It is not asked when people delete
    their learning and keep their account.
    """

    name: str
    description: str
    export: Callable[[User], Any]
    erase: Callable[[User, datetime], None]


# Called with request, response and account; the response may take cookies along.
SignInFollowUp = Callable[[HttpRequest, HttpResponse, User], None]

# Called with request, response and the mark of who leaves (`Identity.mark`).
ForgettingFollowUp = Callable[[HttpRequest, HttpResponse, str], None]

_follow_ups: list[SignInFollowUp] = []
_forgetting: list[ForgettingFollowUp] = []
_holdings: dict[str, Holding] = {}
_account_holdings: dict[str, AccountHolding] = {}


def register_holding(holding: Holding) -> None:
    """Add a room's holding; a second one of the same name is refused."""
    _add(holding, _holdings)


def register_account(holding: AccountHolding) -> None:
    """Add what a room holds about accounts; a second one of the name is refused."""
    _add(holding, _account_holdings)


def _add(holding, known):
    if holding.name in _holdings or holding.name in _account_holdings:
        raise ValueError(f"“{holding.name}” is already in the register.")
    known[holding.name] = holding


def after_sign_in(follow_up: SignInFollowUp) -> None:
    """Have this called once somebody has signed in and what they did was merged."""
    _follow_ups.append(follow_up)


def sign_in_follow_ups() -> list[SignInFollowUp]:
    """Return what rooms do after a sign-in, in the order in which they registered."""
    return list(_follow_ups)


def when_forgotten(follow_up: ForgettingFollowUp) -> None:
    """Have this called when a browser is to keep nothing more of somebody."""
    _forgetting.append(follow_up)


def forgetting_follow_ups() -> list[ForgettingFollowUp]:
    """Return what rooms do when a browser forgets somebody."""
    return list(_forgetting)


def learner_holdings() -> list[Holding]:
    """All holdings about learners, in the order in which rooms registered."""
    return list(_holdings.values())


def account_holdings() -> list[AccountHolding]:
    """All holdings about accounts, in the order in which rooms registered."""
    return list(_account_holdings.values())


def export_person(learner: Learner | None, user: User | None = None) -> dict[str, Any]:
    """Return all that is held about the person: holding name → plain values."""
    learning = (
        {h.name: h.export(learner) for h in learner_holdings()} if learner else {}
    )
    account = {h.name: h.export(user) for h in account_holdings()} if user else {}
    return account | learning

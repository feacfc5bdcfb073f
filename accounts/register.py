"""The personal-data register: each room registers what it holds about a person.

A room registers itself in `AppConfig.ready()`. Showing, downloading, erasing and
merging a person's data all use the register, so that no room is forgotten. Rooms
register in the order of INSTALLED_APPS, the upper ones first, so that rows are handled
before the rows they refer to.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse

from accounts.models import Learner, User


@dataclass(frozen=True)
class Holding:
    """What one room holds about a learner.

    `export` returns plain JSON values. `erase` removes anything that could identify the
    learner; a room whose rows are only used for statistics leaves it out, since their
    learner is blanked. `merge` gives the first learner's data to the second, within the
    transaction of `merge_learners`; merging again changes nothing. `merged(learner=…,
    at=…)` is called with the second learner once all rooms have merged.
    """

    name: str
    description: str
    export: Callable[[Learner], Any]
    erase: Callable[[Learner, datetime], None] | None = None
    merge: Callable[[Learner, Learner, datetime], None] | None = None
    merged: Callable[..., None] | None = None


@dataclass(frozen=True)
class AccountHolding:
    """What one room holds about an account, whether its owner learns or not.

    `erase` blanks anything that could identify the person. It is not called when people
    delete their learning and keep their account.
    """

    name: str
    description: str
    export: Callable[[User], Any]
    erase: Callable[[User, datetime], None]


# Called with request, response and account; may set cookies on the response.
SignInFollowUp = Callable[[HttpRequest, HttpResponse, User], None]

# Called with request, response and the leaving person's mark (`Identity.mark`).
ForgettingFollowUp = Callable[[HttpRequest, HttpResponse, str], None]

_follow_ups: list[SignInFollowUp] = []
_forgetting: list[ForgettingFollowUp] = []
_holdings: dict[str, Holding] = {}
_account_holdings: dict[str, AccountHolding] = {}


def register_holding(holding: Holding) -> None:
    """Add a room's holding. Raises ValueError if the name is already registered."""
    _add(holding, _holdings)


def register_account(holding: AccountHolding) -> None:
    """Add a room's data about accounts. Raises ValueError if the name is taken."""
    _add(holding, _account_holdings)


def _add(holding, known):
    if holding.name in _holdings or holding.name in _account_holdings:
        raise ValueError(f"“{holding.name}” is already in the register.")
    known[holding.name] = holding


def after_sign_in(follow_up: SignInFollowUp) -> None:
    """Call this once somebody has signed in and their learning has been merged."""
    _follow_ups.append(follow_up)


def sign_in_follow_ups() -> list[SignInFollowUp]:
    """Return what rooms do after a sign-in, in order of registration."""
    return list(_follow_ups)


def when_forgotten(follow_up: ForgettingFollowUp) -> None:
    """Call this when a browser should forget a person."""
    _forgetting.append(follow_up)


def forgetting_follow_ups() -> list[ForgettingFollowUp]:
    """Return what rooms do when a browser should forget a person."""
    return list(_forgetting)


def learner_holdings() -> list[Holding]:
    """All holdings about learners, in order of registration."""
    return list(_holdings.values())


def account_holdings() -> list[AccountHolding]:
    """All holdings about accounts, in order of registration."""
    return list(_account_holdings.values())


def holdings_of(
    learner: Learner | None, user: User | None
) -> list[tuple[str, Callable[[], Any]]]:
    """Return each holding about the person: its name, and what returns its values."""
    account = account_holdings() if user else []
    learning = learner_holdings() if learner else []
    return [
        *((holding.name, partial(holding.export, user)) for holding in account),
        *((holding.name, partial(holding.export, learner)) for holding in learning),
    ]


def export_person(learner: Learner | None, user: User | None = None) -> dict[str, Any]:
    """Return all data held about the person: holding name → plain values."""
    return {name: export() for name, export in holdings_of(learner, user)}

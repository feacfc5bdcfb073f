"""The personal-data register: each room says what it holds about a learner.

A room registers itself in `AppConfig.ready()`. Showing, downloading and erasing
a person's data go through here, so nothing that a room keeps is forgotten.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from accounts.models import Learner


@dataclass(frozen=True)
class Holding:
    """What one room holds about a learner.

    `export` returns plain values that JSON can carry. `erase` removes whatever could
    tell who the learner was; a room whose rows only count leaves it out, since the
    learner they point to is blanked.
    """

    name: str
    description: str
    export: Callable[[Learner], Any]
    erase: Callable[[Learner, datetime], None] | None = None


_holdings: dict[str, Holding] = {}


def register(holding: Holding) -> None:
    """Add a room's holding; a second one of the same name is refused."""
    if holding.name in _holdings:
        raise ValueError(f"“{holding.name}” is already in the register.")
    _holdings[holding.name] = holding


def holdings() -> list[Holding]:
    """All holdings, in the order in which rooms registered."""
    return list(_holdings.values())


def export(learner: Learner) -> dict[str, Any]:
    """Return all that is held about the learner: holding name → plain values."""
    return {holding.name: holding.export(learner) for holding in holdings()}

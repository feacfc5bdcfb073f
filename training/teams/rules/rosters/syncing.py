"""What a roster that is applied without anybody looking may do. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from training.teams.rules.rosters.plan import MEMBER, KnownAccount, RosterPlan


@dataclass(frozen=True)
class SyncTerms:
    """How to apply a roster that nobody looks at.

    `order` is that of day and month, where a date is unclear. `skips_problems` leaves
    out rows that somebody would have to look at; otherwise nothing is done for the
    team. `allows_missing` obeys a file in which most people are missing.
    """

    is_dry: bool = False
    skips_problems: bool = False
    allows_missing: bool = False
    order: str = ""


@dataclass(frozen=True)
class SyncReport:
    """What was done for a team, or would be; nothing if there are `refusals`.

    `missing` are people who are newly missing from the file, and `left_out` says what
    is wrong with rows. `is_later`: a worker does it.
    """

    counts: Mapping[str, int] = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    refusals: tuple[str, ...] = ()
    fingerprint: str = ""
    is_dry: bool = False
    is_later: bool = False


def missing_members(plan: RosterPlan) -> tuple[KnownAccount, ...]:
    """Return the members who are not in the file; trainers and observers never are.

    Nobody if rows were left out, because one of them could be theirs.
    """
    if not plan.may_remove:
        return ()
    return tuple(person for person in plan.absent if person.role == MEMBER)


def are_most(missing: int, members: int) -> bool:
    """Return whether so many are missing that the file is not likely to be whole."""
    return 2 * missing > members

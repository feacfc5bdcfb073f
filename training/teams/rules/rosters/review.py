"""What the preview of a roster shows: the first of each list, and how many. Pure."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar, overload

from training.teams.rules.rosters.plan import KnownAccount, RosterPlan, RosterStep
from training.teams.rules.rosters.problems import Problem, UnableToRead
from training.teams.rules.rosters.remembered import (
    NamedColumn,
    VanishedColumn,
    columns_to_remember,
)
from training.teams.rules.rosters.rows import ParsedRoster, RosterRow
from training.teams.rules.rosters.sheets import (
    RosterChoices,
    RosterColumn,
    RosterSheet,
)

MOST_SHOWN = 500
Item = TypeVar("Item")
Other = TypeVar("Other")


@dataclass(frozen=True)
class Excerpt(Sequence[Item], Generic[Item]):
    """The first of many things. Its length is how many there are in all."""

    shown: tuple[Item, ...] = ()
    total: int = 0

    def __len__(self) -> int:
        return self.total

    def __iter__(self) -> Iterator[Item]:
        return iter(self.shown)

    @overload
    def __getitem__(self, place: int) -> Item: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[Item, ...]: ...
    def __getitem__(self, place: int | slice) -> Item | tuple[Item, ...]:
        return self.shown[place]

    def map(self, function: Callable[[Item], Other]) -> "Excerpt[Other]":
        """Return the results of the function instead of the things."""
        return Excerpt(tuple(map(function, self.shown)), self.total)


def _first(items: Sequence[Item]) -> Excerpt[Item]:
    return Excerpt(tuple(items[:MOST_SHOWN]), len(items))


@dataclass(frozen=True)
class RosterFacts:
    """What the file contains besides people; the names are those in the file."""

    ignored: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    hidden: Excerpt[int] = Excerpt()
    is_guess: bool = False


@dataclass(frozen=True)
class RosterReview:
    """A plan as the preview shows it, or why there is none (`unreadable`).

    `problems` include those of rows that are left out if `are_left_out`. `names` are
    all letters in the names. `job` is the job that made it, 0 if none did.
    """

    choices: RosterChoices
    columns: tuple[RosterColumn, ...]
    skipped: tuple[tuple[int, str], ...]
    unreadable: UnableToRead | None = None
    vanished: tuple[VanishedColumn, ...] = ()
    fingerprint: str = ""
    counts: Mapping[str, int] = field(default_factory=Counter)
    unclear: str = ""
    facts: RosterFacts = RosterFacts()
    problems: Excerpt[Problem] = Excerpt()
    are_left_out: bool = False
    empties: Excerpt[Problem] = Excerpt()
    to_do: Excerpt[RosterStep] = Excerpt()
    readdressed: Excerpt[RosterStep] = Excerpt()
    lookalikes: Excerpt[RosterStep] = Excerpt()
    absent: Excerpt[KnownAccount] = Excerpt()
    titled: Excerpt[RosterRow] = Excerpt()
    letters: str = ""
    people: int = 0
    job: int = 0

    @property
    def may_remove(self) -> bool:
        """Whether absent people may be removed: a left-out row could be theirs."""
        return not (self.choices.skipped or self.problems)

    @property
    def named_columns(self) -> list[NamedColumn]:
        """The columns to remember for the team's next roster."""
        head = [column.name for column in self.columns]
        fields = [column.field for column in self.columns]
        return list(columns_to_remember(head, fields))

    @property
    def not_shown(self) -> int:
        """How many people something happens to who are not in the list."""
        return len(self.to_do) - len(self.to_do.shown)

    def was_made_with(self, choices: RosterChoices) -> bool:
        """Return whether the same is chosen, apart from what is confirmed."""
        fields = tuple(column.field for column in self.columns)
        now, then = choices, self.choices
        is_same = (now.order, now.skipped) == (then.order, then.skipped)
        return is_same and now.fields in {(), fields}

    def is_confirmed_by(self, choices: RosterChoices) -> bool:
        """Return whether nothing is left to fix or to answer with these choices."""
        is_agreed = (
            (choices.skips_problems or not self.problems)
            and (choices.leaves_empty or not self.empties)
            and (choices.readdresses or not self.readdressed)
            and (choices.misses_columns or not self.vanished)
        )
        is_read = bool(self.fingerprint) and not self.unclear
        return self.was_made_with(choices) and is_agreed and is_read


def review_sheet(
    sheet: RosterSheet, choices: RosterChoices, unreadable: UnableToRead | None = None
) -> RosterReview:
    """Return the review of a file whose people are not known (yet)."""
    skipped = set(choices.skipped)
    return RosterReview(
        choices=choices,
        columns=tuple(sheet.columns),
        skipped=tuple(
            (number, ", ".join(filter(None, cells)))
            for number, cells in sheet.body
            if number in skipped
        ),
        unreadable=unreadable,
        vanished=sheet.vanished(choices),
    )


def plan_excerpts(parsed: ParsedRoster, plan: RosterPlan) -> dict[str, object]:
    """Return the parts of a review that come from the plan, by name."""
    letters = {letter for step in plan.steps for name in step.names for letter in name}
    return {
        "fingerprint": plan.fingerprint,
        "counts": plan.counts,
        "unclear": plan.unclear,
        "facts": RosterFacts(
            parsed.ignored, parsed.left_out, _first(parsed.hidden), parsed.is_guess
        ),
        "problems": _first(plan.problems or plan.left_out),
        "are_left_out": bool(plan.left_out),
        "empties": _first(plan.empties),
        "to_do": _first(plan.to_do),
        "readdressed": _first(plan.readdressed),
        "lookalikes": _first(plan.lookalikes),
        "absent": _first(plan.absent),
        "titled": _first([row for row in parsed.rows if row.titles]),
        "letters": "".join(sorted(letters)),
        "people": len(plan.steps),
    }

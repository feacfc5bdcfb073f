"""Comparing the summaries of two packs of evidence. Pure."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from training.certificates.rules.summary import SummaryLine

# What is compared of a line, place by place.
Cells = Callable[[SummaryLine], Sequence[Any]]


@dataclass(frozen=True)
class ChangedLine:
    """A line in both packs, and the places of the cells that are not the same."""

    before: SummaryLine
    after: SummaryLine
    places: tuple[int, ...]


@dataclass(frozen=True)
class PackComparison:
    """The lines of one pack only, and those of both; each by person and assignment."""

    added: list[SummaryLine]
    gone: list[SummaryLine]
    changed: list[ChangedLine]
    unchanged: int


def compare_lines(
    earlier: Iterable[SummaryLine], later: Iterable[SummaryLine], cells: Cells
) -> PackComparison:
    """Return what was added, is gone or changed, line by line.

    A line is the same if person and assignment are, whatever their names are now.
    """
    old, new = _by_key(earlier), _by_key(later)
    pairs = [_pair(old[key], line, cells) for key, line in new.items() if key in old]
    changed = [pair for pair in pairs if pair.places]
    return PackComparison(
        added=[line for key, line in new.items() if key not in old],
        gone=[line for key, line in old.items() if key not in new],
        changed=changed,
        unchanged=len(pairs) - len(changed),
    )


def _pair(before: SummaryLine, after: SummaryLine, cells: Cells) -> ChangedLine:
    values = enumerate(zip(cells(before), cells(after), strict=True))
    places = (place for place, (old, new) in values if old != new)
    return ChangedLine(before, after, tuple(places))


def _by_key(lines: Iterable[SummaryLine]) -> dict[tuple[str, int], SummaryLine]:
    """Return the lines by what they are about, in the order of a list of people."""
    ordered = sorted(
        lines,
        key=lambda line: (line.person.casefold(), line.person_id, line.assignment),
    )
    return {(line.person_id, line.assignment_id): line for line in ordered}

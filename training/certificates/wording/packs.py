"""Packs of evidence that are compared, in words."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from training.assignments.wording.assignments import day_in_words
from training.certificates.rules.exported_packs import UnableToReadPack, UnreadablePack
from training.certificates.rules.pack_comparison import ChangedLine
from training.certificates.rules.summary import SummaryLine
from training.certificates.wording import COLUMNS, Cell, SummaryRow

_PROBLEMS: dict[UnreadablePack, str | Promise] = {
    UnreadablePack.TOO_LARGE: gettext_lazy(
        "The file is larger than 30 MB. Export a shorter period, or one standard."
    ),
    UnreadablePack.NOT_A_ZIP: gettext_lazy(
        "This is not a zip file. Choose the file as it was downloaded from this site."
    ),
    UnreadablePack.SWELLS: gettext_lazy(
        "The file is too large when unpacked. Export a shorter period, or one standard."
    ),
    UnreadablePack.BROKEN: gettext_lazy(
        "The zip file is damaged. Download it again, or take it from your backup."
    ),
    UnreadablePack.LOCKED: gettext_lazy(
        "The zip file has a password. Choose the file as it was downloaded."
    ),
    UnreadablePack.NO_MANIFEST: gettext_lazy(
        "There is no manifest.json in the zip file, so it is not evidence of this site,"
        " or somebody packed it anew. Choose the file as it was downloaded."
    ),
    UnreadablePack.BROKEN_MANIFEST: gettext_lazy(
        "Its manifest.json is not one of this site. Choose the file as it was"
        " downloaded."
    ),
    UnreadablePack.BROKEN_RECORD: gettext_lazy(
        "The file %(name)s cannot be read: it was changed, or another version of the"
        " site made it. Run verify.py of the pack; if it finds nothing, export the"
        " evidence again."
    ),
    UnreadablePack.TOO_MUCH_WORK: gettext_lazy(
        "The file takes too long to read. Export a shorter period, or one standard."
    ),
    UnreadablePack.BUSY: gettext_lazy(
        "The site is busy reading other files. Try again in a minute."
    ),
}


def unreadable_in_words(error: UnableToReadPack) -> str:
    """Return why a pack cannot be read, and what to do."""
    return str(_PROBLEMS[error.kind]) % {"name": error.name}


def cells_compared(line: SummaryLine) -> Sequence[Cell]:
    """Return the line column by column, the same in whatever language it was exported.

    For a pack has statuses and exceptions in the words of whoever exported it.
    """
    exceptions = [dict(each, kind_in_words=each["kind"]) for each in line.exceptions]
    plain = replace(line, status_in_words=line.status, exceptions=exceptions)
    return _cells(plain)


def _cells(line: SummaryLine) -> list[Cell]:
    row = SummaryRow(line)
    return [value_of(row) for _heading, value_of in COLUMNS]


@dataclass(frozen=True)
class ChangedCell:
    """A column that changed: its heading, and what it said before and after."""

    heading: str
    before: str
    after: str


def changed_cells(change: ChangedLine) -> list[ChangedCell]:
    """Return what changed in a line, in the words of each pack."""
    before, after = _cells(change.before), _cells(change.after)
    return [
        ChangedCell(str(COLUMNS[place][0]), _shown(before[place]), _shown(after[place]))
        for place in change.places
    ]


def _shown(cell: Cell) -> str:
    if isinstance(cell, dt.date):
        return day_in_words(cell)
    return _("nothing") if cell is None or cell == "" else str(cell)

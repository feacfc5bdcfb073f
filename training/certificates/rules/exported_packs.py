"""What is read from a pack of evidence, and why one cannot be read. Pure.

The messages are in `wording.packs`.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from training.certificates.rules.summary import SummaryLine


class UnreadablePack(StrEnum):
    """Why a pack cannot be read."""

    TOO_LARGE = "too_large"
    NOT_A_ZIP = "not_a_zip"
    SWELLS = "swells"
    BROKEN = "broken"
    LOCKED = "locked"
    NO_MANIFEST = "no_manifest"
    BROKEN_MANIFEST = "broken_manifest"
    BROKEN_RECORD = "broken_record"
    TOO_MUCH_WORK = "too_much_work"
    BUSY = "busy"


class UnableToReadPack(Exception):
    """The pack cannot be read; `name` is the file in it that is the reason, if one is."""

    def __init__(self, kind: UnreadablePack, name: str = ""):
        super().__init__(kind, name)
        self.kind, self.name = kind, name


@dataclass(frozen=True)
class ExportedPack:
    """A pack: the SHA-256 of its manifest, what that says, and the lines in it.

    `missing`, `added` and `changed` are the files that are not as they were exported.
    """

    manifest: str
    facts: Mapping[str, Any]
    lines: tuple[SummaryLine, ...]
    missing: tuple[str, ...]
    added: tuple[str, ...]
    changed: tuple[str, ...]

    @property
    def exported_at(self) -> dt.datetime:
        return dt.datetime.fromisoformat(self.facts["taken_out_at"])

    @property
    def is_genuine(self) -> bool:
        """Whether every file is as it was when the pack was exported."""
        return not (self.missing or self.added or self.changed)

"""The schema of what a course refers to: sources.md, glossary.md and options.md."""

import datetime as dt
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from authoring.packs.rules.field_types import (
    Address,
    Blank,
    BlankLine,
    Key,
    Line,
    Name,
    SourceId,
    Text,
)
from authoring.packs.rules.schema import Strict


class SourceEntry(Strict):
    id: SourceId
    key: Key = None
    title: Text
    author: BlankLine = ""
    published: BlankLine = ""
    url: Address = ""
    note: BlankLine = ""
    last_seen: dt.date | None = None
    interest: Annotated[Blank, Field(max_length=120)] = ""
    kind: Literal["", "review", "trial", "study", "laboratory", "regulator"] = ""


class Sources(Strict):
    sources: tuple[SourceEntry, ...]

    @property
    def kinds_of_evidence(self) -> dict[str, str]:
        """Ids with kinds, which are blank for sources that sell what they write about."""
        return {s.id: "" if s.interest else s.kind for s in self.sources}


class Term(Strict):
    id: Name
    key: Key = None
    term: Annotated[Text, Field(max_length=120)]
    meaning: Text


class Glossary(Strict):
    terms: tuple[Term, ...]


PackChance = Annotated[
    str,
    StringConstraints(
        pattern=r"^((100|[1-9]?[0-9])(-(100|[1-9]?[0-9]))?)?$", max_length=10
    ),
]


class PackTreatmentOption(Strict):
    """An option. What is blank is shown as not known."""

    id: Name
    key: Key = None
    name: Annotated[Text, Field(max_length=80)]
    what_it_is: Text
    benefit_in_short: BlankLine = ""
    harm_in_short: BlankLine = ""
    benefit: Text
    benefit_chance: PackChance = ""
    benefit_without: PackChance = ""
    benefit_is_more: bool = False
    harm: Text
    harm_chance: PackChance = ""
    harm_without: PackChance = ""
    harm_is_more: bool = False
    evidence: Annotated[int, Field(ge=0, le=5)] | None = None
    evidence_sources: Annotated[tuple[SourceId, ...], Field(max_length=10)] = ()
    living_with: Blank = ""
    time: Blank = ""
    cost: Blank = ""
    allowed: Blank = ""
    unknown: Blank = ""


class PackFit(Strict):
    option: Name
    reason: Text


class PackValueStatement(Strict):
    id: Name
    key: Key = None
    text: Line
    fits: tuple[PackFit, ...] = ()


class PackOptions(Strict):
    options: Annotated[tuple[PackTreatmentOption, ...], Field(min_length=2)]
    statements: tuple[PackValueStatement, ...] = ()

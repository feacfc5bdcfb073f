"""What becomes of each field of the content: declared once, beside the field. Pure.

A model of content lists its fields in `content_fields`. Packs, sign-offs, citations and
the rules for prose read the list, so a field that is added reaches all of them, or
says why not. `course.checks` finds a field that is not listed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Protocol


class Use(Enum):
    """Who reads a field."""

    PACKED = "a content pack holds it"
    SIGNED = "a clinical reviewer signs it"
    CITING = "it may cite sources, such as [S1]"
    MEASURED = "the rules for prose measure how hard it is to read"
    JUDGED = "the rules for prose look in it for promises, not at how hard it reads"


PACKED, SIGNED, CITING, MEASURED, JUDGED = Use


@dataclass(frozen=True, init=False)
class ContentField:
    """A field, or a list of children, with those who read it.

    `because` says why one of them does not. `loss` is what an export tells the author
    that it leaves out, where the field holds something.
    """

    name: str
    uses: frozenset[Use]
    because: str
    loss: str

    def __init__(self, name: str, *uses: Use, because: str = "", loss: str = ""):
        object.__setattr__(self, "name", name)
        object.__setattr__(self, "uses", frozenset(uses))
        object.__setattr__(self, "because", because)
        object.__setattr__(self, "loss", loss)

    def is_unexplained(self, *, holds_text: bool) -> bool:
        """Return whether somebody does not read the field and nothing says why."""
        is_read = {PACKED, SIGNED} <= self.uses
        if holds_text:
            is_read = is_read and CITING in self.uses
            is_read = is_read and not self.uses.isdisjoint({MEASURED, JUDGED})
        return not (is_read or self.because)


class Content(Protocol):
    """A model of content, or a row of one."""

    content_fields: Sequence[ContentField]


def fields_used(content: type[Content] | Content, *uses: Use) -> list[str]:
    """Return the names of the fields that are read for one of the uses, as listed."""
    asked = set(uses)
    return [field.name for field in content.content_fields if field.uses & asked]

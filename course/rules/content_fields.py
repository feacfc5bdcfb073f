"""How each field of the content is used, declared once in its model. Pure.

Content models list their fields in `content_fields`. Packs, sign-offs, citations and
the rules for prose use this list, so a new field either reaches all of them or declares
why not. `course.checks` finds fields that are not listed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Protocol


class Use(Enum):
    """How a field is used."""

    PACKED = "content packs include it"
    SIGNED = "clinical reviewers sign it"
    CITING = "it may cite sources, such as [S1]"
    MEASURED = "the rules for prose measure its readability"
    JUDGED = "the rules for prose check it for promises but do not measure it"
    TRANSLATED = "translators put it into their language"
    SHARED = "it is the same in all languages"
    OWN = "each language has its own"


PACKED, SIGNED, CITING, MEASURED, JUDGED, TRANSLATED, SHARED, OWN = Use


@dataclass(frozen=True, init=False)
class ContentField:
    """A field, or a relation to children, with its uses.

    `because` is the reason why it does not have all uses. `loss` is what an export
    lists as left out if the field is not empty.
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

    @property
    def is_declared_across_languages(self) -> bool:
        """Whether it says exactly one of what happens in other languages."""
        return len(self.uses & {TRANSLATED, SHARED, OWN}) == 1

    def is_unexplained(self, *, holds_text: bool) -> bool:
        """Return whether a use is missing without a reason."""
        is_read = {PACKED, SIGNED} <= self.uses
        if holds_text:
            is_read = is_read and CITING in self.uses
            is_read = is_read and not self.uses.isdisjoint({MEASURED, JUDGED})
        return not (is_read or self.because)


class Content(Protocol):
    """A content model, or an instance of one."""

    content_fields: Sequence[ContentField]


def fields_used(content: type[Content] | Content, *uses: Use) -> list[str]:
    """Return the names of fields with any of these uses, in the order listed."""
    asked = set(uses)
    return [field.name for field in content.content_fields if field.uses & asked]

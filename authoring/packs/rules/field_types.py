"""What a field of a pack may hold."""

import re
from typing import TYPE_CHECKING, Annotated, Any, Literal
from uuid import UUID

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints

from quizzes import kinds


class Markdown(str):
    """A text that may contain paragraphs and lists. All other texts are plain."""

    __slots__ = ()


# Spaces that keep a number and its unit on one line stay as they are.
_SPACES = re.compile(r"[^\S\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}]+")


def _collapsed(value: Any) -> Any:
    return _SPACES.sub(" ", value.strip()) if isinstance(value, str) else value


Blank = Annotated[str, BeforeValidator(_collapsed)]
Text = Annotated[Blank, Field(min_length=1)]
Line = Annotated[Text, Field(max_length=255)]
ShortLine = Annotated[Blank, Field(max_length=40)]
BlankLine = Annotated[Blank, Field(max_length=255)]
Prose = Annotated[str, StringConstraints(min_length=1), AfterValidator(Markdown)]
Name = Annotated[
    str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)
]
SourceId = Annotated[str, StringConstraints(pattern=r"^[A-Z]+[0-9]+$", max_length=20)]
Address = Annotated[
    str, StringConstraints(pattern=r"^(https?://\S+)?$", max_length=500)
]
Key = UUID | None
Points = Annotated[tuple[Text, ...], Field(min_length=1)]
if TYPE_CHECKING:
    QuestionKindName = str
else:
    QuestionKindName = Literal[tuple(name.replace("_", "-") for name in kinds.NAMES)]
Percent = Annotated[int, Field(ge=0, le=100)]

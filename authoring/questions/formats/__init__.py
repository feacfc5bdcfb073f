"""The formats, by name. A module each: `read(text)` and, where it can, `write(…)`.

- `read(text)` returns `Parsed` or raises `BrokenQuestionsError`;
- `write(items, title=…, lesson_key=…)` returns `Written`.
"""

import re
from pathlib import Path
from types import ModuleType

from django.utils.translation import gettext as _

from authoring.questions.formats import aiken, gift, moodle_xml
from authoring.questions.rules.items import BrokenQuestionsError, Note, Parsed, lines_of

WRITTEN: dict[str, ModuleType] = {"moodle-xml": moodle_xml, "gift": gift}
LABELS = {"moodle-xml": "Moodle XML", "gift": "GIFT"}
ENDINGS = {"moodle-xml": ".xml", "gift": ".gift"}
LARGEST = 1_000_000

# None of these looks at a character more than a fixed number of times.
_AIKEN = re.compile(r"^[ \t]*ANSWER[ \t]{0,9}:", re.MULTILINE | re.IGNORECASE)
_ANSWERS_OF_GIFT = re.compile(r"\{[ \t\n]{0,9}[=~#>}TF%]")
_DECLARATION = re.compile(r"\s*<\?xml\b[^>]*>")
_ENCODING = re.compile(r"\bencoding\s*=\s*(?>\"[^\"]*\"|'[^']*')")


def format_of(file_name: str) -> str | None:
    """Return the format that the file's name ends like; None for any other."""
    ending = Path(file_name).suffix.lower()
    return next((name for name, end in ENDINGS.items() if end == ending), None)


def read(content: bytes) -> Parsed:
    """Return the questions in the file, whichever of the formats it is in.

    Raises BrokenQuestionsError.
    """
    return read_text(decoded(content))


def read_text(text: str) -> Parsed:
    """Return the questions in the text. Raises BrokenQuestionsError."""
    text = "\n".join(lines_of(text))
    parsed = _reader(text).read(text)
    if not (parsed.items or parsed.notes):
        message = _("The file holds no question: use Moodle XML, GIFT or Aiken.")
        raise BrokenQuestionsError([Note(1, message)])
    return parsed


def decoded(content: bytes) -> str:
    """Return the file's text. Raises BrokenQuestionsError for what is no text."""
    if len(content) > LARGEST:
        message = _("The file is larger than 1 MB: take out pictures, or split it.")
        raise BrokenQuestionsError([Note(1, message)])
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        message = _("Save the file as UTF-8: this line is not.")
        raise BrokenQuestionsError([Note(line, message)]) from error
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise BrokenQuestionsError([Note(line, _("This is not a text file."))])
    return _without_encoding(text)


def _without_encoding(text):
    """Return XML that does not name an encoding, for it is decoded already."""
    declared = _DECLARATION.match(text)
    if not declared:
        return text
    return _ENCODING.sub("", declared[0]) + text[declared.end() :]


def _reader(text):
    if text.lstrip().startswith("<"):
        return moodle_xml
    is_aiken = _AIKEN.search(text) and not _ANSWERS_OF_GIFT.search(text)
    return aiken if is_aiken else gift

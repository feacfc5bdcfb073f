"""The formats by name, and how to read and write them.

- A reader takes a text and returns `ParsedQuestions` or raises
  `BrokenQuestionsError`.
- A writer takes items, `title` and `lesson_key`, and returns `WrittenQuestions`.
"""

import re
from collections.abc import Callable
from pathlib import Path

from django.utils.translation import gettext as _

from authoring.questions.formats.aiken import read_aiken
from authoring.questions.formats.gift import write_gift
from authoring.questions.formats.gift_reading import read_gift
from authoring.questions.formats.moodle_reading import read_moodle_xml
from authoring.questions.formats.moodle_xml import write_moodle_xml
from authoring.questions.rules.items import (
    BrokenQuestionsError,
    FormatNote,
    ParsedQuestions,
    WrittenQuestions,
    lines_of,
)

WRITTEN: dict[str, Callable[..., WrittenQuestions]] = {
    "moodle-xml": write_moodle_xml,
    "gift": write_gift,
}
LABELS = {"moodle-xml": "Moodle XML", "gift": "GIFT"}
ENDINGS = {"moodle-xml": ".xml", "gift": ".gift"}
LARGEST = 1_000_000

# All of these run in linear time, because files come from anybody.
_AIKEN = re.compile(r"^[ \t]*ANSWER[ \t]{0,9}:", re.MULTILINE | re.IGNORECASE)
_ANSWERS_OF_GIFT = re.compile(r"\{[ \t\n]{0,9}[=~#>}TF%]")
_DECLARATION = re.compile(r"\s*<\?xml\b[^>]*>")
_ENCODING = re.compile(r"\bencoding\s*=\s*(?>\"[^\"]*\"|'[^']*')")


def format_of(file_name: str) -> str | None:
    """Return the format that the file's extension stands for, or None."""
    ending = Path(file_name).suffix.lower()
    return next((name for name, end in ENDINGS.items() if end == ending), None)


def read_question_bytes(content: bytes) -> ParsedQuestions:
    """Return the questions in the file, in any of the formats.

    Raises BrokenQuestionsError.
    """
    return parse_question_text(decode_question_file(content))


def parse_question_text(text: str) -> ParsedQuestions:
    """Return the questions in the text. Raises BrokenQuestionsError."""
    text = "\n".join(lines_of(text))
    parsed = _reader(text)(text)
    if not (parsed.items or parsed.notes):
        message = _("The file contains no questions. Use Moodle XML, GIFT or Aiken.")
        raise BrokenQuestionsError([FormatNote(1, message)])
    return parsed


def decode_question_file(content: bytes) -> str:
    """Return the file's text. Raises BrokenQuestionsError if it is not a text file."""
    if len(content) > LARGEST:
        message = _(
            "The file must be smaller than 1 MB. Remove pictures or split it "
            "into several files."
        )
        raise BrokenQuestionsError([FormatNote(1, message)])
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        message = _("Save the file as UTF-8. This line is not UTF-8.")
        raise BrokenQuestionsError([FormatNote(line, message)]) from error
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise BrokenQuestionsError([FormatNote(line, _("This is not a text file."))])
    return _without_encoding(text)


def _without_encoding(text):
    """Return XML that declares no encoding, because it is already decoded."""
    declared = _DECLARATION.match(text)
    if not declared:
        return text
    return _ENCODING.sub("", declared[0]) + text[declared.end() :]


def _reader(text: str) -> Callable[[str], ParsedQuestions]:
    if text.lstrip().startswith("<"):
        return read_moodle_xml
    is_aiken = _AIKEN.search(text) and not _ANSWERS_OF_GIFT.search(text)
    return read_aiken if is_aiken else read_gift

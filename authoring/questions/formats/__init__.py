"""The formats by name, and how to read and write them.

- A reader takes a text and returns `ParsedQuestions` or raises
  `BrokenQuestionsError`.
- A writer takes items, `title` and `lesson_key`, and returns `WrittenQuestions`.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.utils.text import get_text_list
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

LARGEST = 1_000_000

# All of these run in linear time, because files come from anybody.
_AIKEN = re.compile(r"^[ \t]*ANSWER[ \t]{0,9}:", re.MULTILINE | re.IGNORECASE)
_ANSWERS_OF_GIFT = re.compile(r"\{[ \t\n]{0,9}[=~#>}TF%]")
_DECLARATION = re.compile(r"\s*<\?xml\b[^>]*>")
_ENCODING = re.compile(r"\bencoding\s*=\s*(?>\"[^\"]*\"|'[^']*')")


@dataclass(frozen=True)
class QuestionFormat:
    """A format: its name for people, the ending of its files, how to read and write it.

    `is_written_in` says whether a text looks like it. One that is only read has no
    `write`.
    """

    label: str
    ending: str
    is_written_in: Callable[[str], object]
    read: Callable[[str], ParsedQuestions]
    write: Callable[..., WrittenQuestions] | None = None


FORMATS = {
    "moodle-xml": QuestionFormat(
        label="Moodle XML",
        ending=".xml",
        is_written_in=lambda text: text.lstrip().startswith("<"),
        read=read_moodle_xml,
        write=write_moodle_xml,
    ),
    "gift": QuestionFormat(
        label="GIFT",
        ending=".gift",
        is_written_in=_ANSWERS_OF_GIFT.search,
        read=read_gift,
        write=write_gift,
    ),
    "aiken": QuestionFormat(
        label="Aiken", ending=".txt", is_written_in=_AIKEN.search, read=read_aiken
    ),
}
"""In the order in which a text is looked at. What looks like none is read as GIFT."""
WRITTEN = {name: form for name, form in FORMATS.items() if form.write}


def readable_formats() -> str:
    """Return the names of the formats that can be read, as words in a sentence."""
    return get_text_list([form.label for form in FORMATS.values()], _("or"))


def format_of(file_name: str) -> str | None:
    """Return the format that is written to a file of this name, or None."""
    ending = Path(file_name).suffix.lower()
    return next((name for name, form in WRITTEN.items() if form.ending == ending), None)


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
        message = _("The file contains no questions. Use %(formats)s.")
        text = message % {"formats": readable_formats()}
        raise BrokenQuestionsError([FormatNote(1, text)])
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
    found = (form for form in FORMATS.values() if form.is_written_in(text))
    return next(found, FORMATS["gift"]).read

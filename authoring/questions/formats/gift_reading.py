"""Split a GIFT file into questions, each with the comments that belong to it.

Questions are separated by blank lines. Moodle writes a comment “// question: 7 name: …”
above each question, even if GIFT cannot express it. The steps that Moodle writes for an
ordering question may contain blank lines.
"""

import re
from collections.abc import Iterator
from itertools import groupby

from django.utils.translation import gettext as _

from authoring.questions.formats import gift_ordering, gift_question, losses
from authoring.questions.formats.gift_question import GiftSource
from authoring.questions.formats.gift_text import LeftOut, UnreadableQuestion
from authoring.questions.formats.losses import Losses
from authoring.questions.rules.items import (
    BrokenQuestionsError,
    ExchangedItem,
    FormatNote,
    ParsedQuestions,
    lines_of,
)

_CLOSED = re.compile(r"(?<!\\)(?:\\\\)*\}\s*\Z")
_OF_MOODLE = re.compile(r"//\s*question:\s")


def read_gift(text: str) -> ParsedQuestions:
    """Return the questions, and notes on those that cannot be read.

    Raises BrokenQuestionsError if none can be read.
    """
    reader = _GiftReader()
    for number, line in enumerate([*lines_of(text), ""], start=1):
        reader.take(number, line)
    reader.end_question()
    if reader.broken and not reader.items:
        raise BrokenQuestionsError(reader.broken)
    notes = sorted([*reader.broken, *reader.losses.notes()])
    return ParsedQuestions(tuple(reader.items), tuple(notes))


class _GiftReader:
    def __init__(self):
        self.items: list[ExchangedItem] = []
        self.losses = Losses()
        self.broken: list[FormatNote] = []
        self.begin()

    def begin(self):
        self.lines: list[tuple[int, str]] = []
        self.tags: list[str] = []
        self.ids: list[str] = []
        self.is_of_moodle = self.is_apart = False

    def take(self, number, line):
        """Read one line."""
        words = line.strip()
        if words.startswith("//"):
            self.comment(words)
        elif words.startswith("$CATEGORY:"):
            name = losses.first_words(words.removeprefix("$CATEGORY:"))
            self.losses.add(losses.CATEGORIES, number, "", [f"“{name}”"])
        elif words or (self.lines and self.is_of_moodle):
            if words.startswith("::") and self.is_closed and not self.is_of_moodle:
                self.end_question()
            self.lines.append((number, line))
        else:
            self.is_apart = True
            self.end_question()

    @property
    def is_closed(self):
        """Whether the answers have ended, so that a title starts the next question."""
        return bool(self.lines) and bool(_CLOSED.search(self.lines[-1][1]))

    def comment(self, words):
        """Keep tags and ids for the next question, and drop those of one left out."""
        is_of_moodle = bool(_OF_MOODLE.match(words))
        if is_of_moodle:
            self.end_question()
        tags, ids = _bracketed(words, "[tag:"), _bracketed(words, "[id:")
        if is_of_moodle or (self.is_apart and not self.lines and (tags or ids)):
            self.begin()
        self.is_of_moodle = self.is_of_moodle or is_of_moodle
        self.is_apart = False
        self.tags += tags
        self.ids += ids

    def end_question(self):
        if not self.lines:
            return
        chunks = _chunks(self.lines) if self.is_of_moodle else [self.lines]
        for chunk in chunks:
            text = "\n".join(line for _number, line in chunk)
            number = chunk[0][0]
            self.question(
                GiftSource(text, number, tuple(self.tags), "".join(self.ids[:1]))
            )
            self.tags, self.ids = [], []
        self.begin()

    def question(self, source: GiftSource):
        name = losses.first_words(gift_question.name_in(source.text))
        try:
            self.items.append(gift_question.read_gift_question(source, self.losses))
        except UnreadableQuestion as error:
            message = _("“%(words)s” is left out. %(problem)s")
            text = message % {"words": name, "problem": error}
            self.broken.append(FormatNote(source.line, text))
        except LeftOut as error:
            self.losses.add(losses.TYPES, source.line, name, [str(error)])


def _chunks(lines: list[tuple[int, str]]) -> Iterator[list[tuple[int, str]]]:
    """Yield a question that Moodle wrote, then any text that was added after it.

    Only the steps of ordering questions may contain blank lines and braces.
    """
    rest = lines
    for place, (_number, line) in enumerate(lines):
        if gift_ordering.is_ordering(line):
            ends = (p for p in range(place, len(lines)) if lines[p][1].strip() == "}")
            end = next(ends, len(lines) - 1) + 1
            yield lines[:end]
            rest = lines[end:]
            break
    for has_words, chunk in groupby(rest, key=lambda entry: bool(entry[1].strip())):
        if has_words:
            yield list(chunk)


def _bracketed(words: str, opening: str) -> list[str]:
    """Return the content of brackets with this opening. An escaped “]” ends none."""
    found = []
    start = words.find(opening)
    while start >= 0:
        end = words.find("]", start)
        while end > 0 and words[end - 1] == "\\":
            end = words.find("]", end + 1)
        if end < 0:
            break
        found.append(words[start + len(opening) : end].replace("\\]", "]").strip())
        start = words.find(opening, end)
    return found

"""Aiken: a question, lettered options, and `ANSWER: B`. Single choice, read only."""

import re

from django.utils.translation import gettext as _

from authoring.questions.items import (
    SINGLE,
    BrokenQuestionsError,
    Item,
    Note,
    Option,
    Parsed,
    lines_of,
)

_OPTION = re.compile(r"\s*([A-Za-z])[.)]\s+(.+)")
_ANSWER = re.compile(r"\s*ANSWER:\s*([A-Za-z])\s*\Z")


def read(text: str) -> Parsed:
    """Return the questions. Raises BrokenQuestionsError."""
    reader = _Reader()
    for number, line in enumerate(lines_of(text), start=1):
        reader.take(number, line)
    reader.end()
    if reader.problems:
        raise BrokenQuestionsError(reader.problems)
    return Parsed(tuple(reader.items), ())


class _Reader:
    def __init__(self):
        self.items: list[Item] = []
        self.problems: list[Note] = []
        self.begin()

    def begin(self):
        self.line, self.stem, self.options = 0, [], {}

    def take(self, number, line):
        if not line.strip():
            return
        self.line = self.line or number
        if answer := _ANSWER.match(line):
            self.close(number, answer[1].upper())
        elif option := _OPTION.match(line):
            self.add_option(number, option[1].upper(), option[2].strip())
        elif self.options:
            message = _("Begin each option with a letter and a point, such as “A. ”.")
            self.problems.append(Note(number, message))
        else:
            self.stem.append(line.strip())

    def add_option(self, number, letter, text):
        if letter in self.options:
            message = _("“%(letter)s” stands here twice.") % {"letter": letter}
            self.problems.append(Note(number, message))
        self.options[letter] = text

    def close(self, number, right):
        if right not in self.options or not self.stem:
            message = _("ANSWER must follow a question and name one of its options.")
            self.problems.append(Note(number, message))
        options = tuple(
            Option(text, right=letter == right) for letter, text in self.options.items()
        )
        stem = " ".join(self.stem)
        self.items.append(Item(SINGLE, stem, options, line=self.line))
        self.begin()

    def end(self):
        if self.line:
            message = _("This question has no “ANSWER: ” below its options.")
            self.problems.append(Note(self.line, message))

"""Aiken: a question, lettered options, and `ANSWER: B`. Single choice, read only."""

import re
from dataclasses import replace

from django.utils.translation import gettext as _

from authoring.questions.formats import losses
from authoring.questions.rules.items import (
    SINGLE,
    BrokenQuestionsError,
    Item,
    Note,
    Option,
    Parsed,
    lines_of,
)

_OPTION = re.compile(r"\s*\(?([A-Za-z])[.)](\s*)(\S.*|\Z)")
_ANSWER = re.compile(r"\s*ANSWER\s*:\s*(.*)", re.IGNORECASE)
_REASON = re.compile(r"\s*(?:FEEDBACK|EXPLANATION|RATIONALE)\s*:\s*(.+)", re.IGNORECASE)


def read(text: str) -> Parsed:
    """Return the questions; one that cannot be read is left out and named.

    Raises BrokenQuestionsError where none can be read.
    """
    reader = _Reader()
    for number, line in enumerate(lines_of(text), start=1):
        reader.take(number, line)
    reader.end()
    if reader.broken and not reader.items:
        raise BrokenQuestionsError(reader.broken)
    return Parsed(tuple(reader.items), tuple(reader.broken))


class _Reader:
    def __init__(self):
        self.items: list[Item] = []
        self.broken: list[Note] = []
        self.was_broken = False
        self.begin()

    def begin(self):
        self.line, self.stem, self.options = 0, [], {}
        self.problem: Note | None = None
        self.is_apart = False

    def take(self, number, line):
        if not line.strip():
            self.is_apart = True
            return
        if answer := _ANSWER.match(line):
            self.close(number, answer[1].strip(" \t().").upper())
        elif (reason := _REASON.match(line)) and self.is_closed:
            self.explain(reason[1].strip())
        elif (option := _OPTION.match(line)) and self.is_option(option):
            self.add_option(number, option[1].upper(), option[3].strip())
        else:
            self.words(number, line)
        self.is_apart = False

    @property
    def is_closed(self):
        """Whether a question was answered above, and the next one has not begun."""
        return not self.stem and bool(self.items or self.was_broken)

    def explain(self, reason):
        """Keep why it is so; of a question that is left out, it is left out with it."""
        if not self.was_broken:
            last = self.items[-1]
            told = " ".join(filter(None, [last.feedback, reason]))
            self.items[-1] = replace(last, feedback=told)

    def is_option(self, found):
        """Tell an option from words; without words or a space, it is the next letter."""
        expected = chr(ord("A") + len(self.options))
        is_next = (found[1] if found[3] else found[1].upper()) == expected
        return bool(self.stem) and (is_next or bool(found[2] and found[3]))

    def words(self, number, line):
        if self.options and self.is_apart:
            self.end()
        if self.options:
            message = _("Begin each option with a letter and a point, such as “A. ”.")
            self.complain(number, message)
        self.line = self.line or number
        self.stem.append(line.strip())

    def complain(self, number, message):
        """Keep the first thing that is wrong with the question."""
        self.problem = self.problem or Note(number, message)

    def add_option(self, number, letter, text):
        if letter in self.options:
            message = _("“%(letter)s” stands here twice.") % {"letter": letter}
            self.complain(number, message)
        if not text:
            message = _("Option “%(letter)s” says nothing.") % {"letter": letter}
            self.complain(number, message)
        self.options[letter] = text

    def close(self, number, right):
        if right not in self.options or not self.stem:
            message = _("ANSWER must follow a question and name one of its options.")
            self.complain(number, message)
        self.line = self.line or number
        self.was_broken = bool(self.problem)
        if self.problem:
            self.leave_out(self.problem)
        else:
            options = tuple(
                Option(text, right=letter == right)
                for letter, text in self.options.items()
            )
            stem = " ".join(self.stem)
            self.items.append(Item(SINGLE, stem, options, line=self.line))
        self.begin()

    def leave_out(self, problem):
        message = _("“%(words)s” is left out. %(mend)s")
        words = losses.short(" ".join(self.stem))
        text = message % {"words": words, "mend": problem.text}
        self.broken.append(Note(problem.line, text))

    def end(self):
        if self.line:
            message = _("This question has no “ANSWER: ” below its options.")
            self.leave_out(self.problem or Note(self.line, message))
        self.begin()

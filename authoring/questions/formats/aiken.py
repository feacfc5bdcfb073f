"""Aiken: a question, lettered options, and `ANSWER: B`. Single choice, read only."""

import re
from dataclasses import replace

from django.utils.translation import gettext as _

from authoring.questions.formats import losses
from authoring.questions.rules.items import (
    SINGLE,
    BrokenQuestionsError,
    ExchangedItem,
    ExchangedOption,
    FormatNote,
    ParsedQuestions,
    lines_of,
)

_OPTION = re.compile(r"\s*\(?([A-Za-z])[.)](\s*)(\S.*|\Z)")
_ANSWER = re.compile(r"\s*ANSWER\s*:\s*(.*)", re.IGNORECASE)
_REASON = re.compile(r"\s*(?:FEEDBACK|EXPLANATION|RATIONALE)\s*:\s*(.+)", re.IGNORECASE)


def read_aiken(text: str) -> ParsedQuestions:
    """Return the questions, and notes on those that cannot be read.

    Raises BrokenQuestionsError if none can be read.
    """
    reader = _AikenReader()
    for number, line in enumerate(lines_of(text), start=1):
        reader.take(number, line)
    reader.end()
    if reader.broken and not reader.items:
        raise BrokenQuestionsError(reader.broken)
    return ParsedQuestions(tuple(reader.items), tuple(reader.broken))


class _AikenReader:
    def __init__(self):
        self.items: list[ExchangedItem] = []
        self.broken: list[FormatNote] = []
        self.was_broken = False
        self.begin()

    def begin(self):
        self.line, self.stem, self.options = 0, [], {}
        self.problem: FormatNote | None = None
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
        """Whether the last question has its answer and the next one has not begun."""
        return not self.stem and bool(self.items or self.was_broken)

    def explain(self, reason):
        """Add the reason to the last question, unless it was left out."""
        if not self.was_broken:
            last = self.items[-1]
            feedback = " ".join(filter(None, [last.feedback, reason]))
            self.items[-1] = replace(last, feedback=feedback)

    def is_option(self, found):
        """Return whether it is an option: the next letter, or words after a space."""
        expected = chr(ord("A") + len(self.options))
        is_next = (found[1] if found[3] else found[1].upper()) == expected
        return bool(self.stem) and (is_next or bool(found[2] and found[3]))

    def words(self, number, line):
        if self.options and self.is_apart:
            self.end()
        if self.options:
            message = _(
                "Start each option with a letter and a full stop, such as “A. ”."
            )
            self.add_problem(number, message)
        self.line = self.line or number
        self.stem.append(line.strip())

    def add_problem(self, number, message):
        """Keep the first problem of the question."""
        self.problem = self.problem or FormatNote(number, message)

    def add_option(self, number, letter, text):
        if letter in self.options:
            message = _("There are two options “%(letter)s”.") % {"letter": letter}
            self.add_problem(number, message)
        if not text:
            message = _("Option “%(letter)s” is empty.") % {"letter": letter}
            self.add_problem(number, message)
        self.options[letter] = text

    def close(self, number, right):
        if right not in self.options or not self.stem:
            message = _("“ANSWER” must follow a question and name one of its options.")
            self.add_problem(number, message)
        self.line = self.line or number
        self.was_broken = bool(self.problem)
        if self.problem:
            self.leave_out(self.problem)
        else:
            options = tuple(
                ExchangedOption(text, right=letter == right)
                for letter, text in self.options.items()
            )
            stem = " ".join(self.stem)
            self.items.append(ExchangedItem(SINGLE, stem, options, line=self.line))
        self.begin()

    def leave_out(self, problem):
        message = _("“%(words)s” is left out. %(problem)s")
        words = losses.first_words(" ".join(self.stem))
        text = message % {"words": words, "problem": problem.text}
        self.broken.append(FormatNote(problem.line, text))

    def end(self):
        if self.line:
            message = _("This question has no “ANSWER: ” below its options.")
            self.leave_out(self.problem or FormatNote(self.line, message))
        self.begin()

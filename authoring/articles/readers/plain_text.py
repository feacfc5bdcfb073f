"""Read plain text. Headings, lists and labels are recognised by how they look."""

# ruff: noqa: RUF001 -- typographic signs are what this module reads.

import re
from html import escape

from authoring.articles.readers.lists import BEGAN, OTHER_SIGNS
from authoring.articles.readers.runs import UNSEEN
from authoring.articles.rules import labels
from authoring.articles.rules.document import (
    ArticleHeading,
    ArticleItem,
    Certainty,
    Element,
    FoundElements,
    ListBlock,
    Paragraph,
    Words,
)
from authoring.articles.rules.questions.headings import is_faq_heading
from authoring.articles.rules.questions.marks import is_question
from course.rules.rich_text import DEEPEST

_BULLET = re.compile(r"\s*(?:[-*•–·]|(\d{1,2}[.)]|[a-z]\)))\s+(?=\S)")
_BLANK = re.compile(r"\n(?:[^\S\n]*\n)+")
"""Blank lines, without the indent of the next line."""
_WRAPPED = 45
"""Characters: a line this long that does not end a sentence was probably wrapped."""
_HEADING_WORDS, _HEADING_CHARACTERS = 12, 90
_GUESSED_WORDS = 6
_Lines = list[tuple[str, int, bool]]
"""Lines, each with the number of lines of its chunk, and whether it is the first."""


def read_plain_text(text: str) -> FoundElements:
    """Return the headings, paragraphs and lists of the text, in order."""
    chunks = [_unwrapped(chunk) for chunk in _BLANK.split(text.translate(UNSEEN))]
    lines = [
        (line, len(chunk), place == 0)
        for chunk in chunks
        for place, line in enumerate(chunk)
    ]
    elements: list[Element] = []
    points = _Points()
    for place, (line, _neighbours, _leads) in enumerate(lines):
        bullet = _BULLET.match(line)
        is_heading = _is_numbered_heading(lines, place) or _is_numbered_question(
            lines, place
        )
        if bullet and not is_heading:
            elements += points.take(line, bullet)
            continue
        elements += points.end()
        certainty = _heading_certainty(lines, place)
        if bullet and is_question(line):
            certainty = Certainty.LIKELY
        elements.append(
            ArticleHeading(2, line.strip(), certainty)
            if certainty
            else Paragraph(_words(line.strip()))
        )
    elements += points.end()
    return FoundElements(elements, tuple(points.notes))


class _Points:
    """The list being read. An item with more indent is nested in the one above it."""

    def __init__(self) -> None:
        self.items: list[ArticleItem] = []
        self.indents: list[int] = []
        self.notes: list[str] = []

    def take(self, line: str, bullet: re.Match[str]) -> list[Element]:
        """Add an item. If it ends a list of another kind, return that list."""
        is_ordered = bool(bullet[1])
        indent = _indent(line)
        while self.indents and self.indents[-1] > indent:
            self.indents.pop()
        if not self.indents or self.indents[-1] < indent:
            self.indents.append(indent)
        depth = min(len(self.indents) - 1, DEEPEST)
        is_other = (
            bool(self.items) and not depth and is_ordered != self.items[0].ordered
        )
        ended = self.end() if is_other else []
        self.indents = self.indents or [indent]
        text = line[bullet.end() :]
        self._note_number(bullet[1], text, depth)
        self.items.append(
            ArticleItem(text, escape(text, quote=False), depth, is_ordered)
        )
        return ended

    def _note_number(self, sign: str | None, text: str, depth: int) -> None:
        """Add a note if a list does not start at 1, or has letters."""
        is_first = not self.items or self.items[-1].depth < depth
        if not (sign and is_first) or sign[:-1] == "1":
            return
        is_alphabetic = sign[0].isalpha()
        note = (
            OTHER_SIGNS.format(text[:80]) if is_alphabetic else BEGAN.format(sign[:-1])
        )
        self.notes.append(note)

    def end(self) -> list[Element]:
        """Close the list, and return it if it has items."""
        items, self.items, self.indents = self.items, [], []
        return [ListBlock(tuple(items), bool(items[0].ordered))] if items else []


def _unwrapped(chunk: str) -> list[str]:
    lines: list[str] = []
    for source in chunk.expandtabs(4).splitlines():
        line = _set_in(source)
        if lines and (_goes_on(lines[-1], line) or _is_of_point(lines[-1], source)):
            lines[-1] += f" {line}"
        elif line:
            lines.append(line)
    return lines


def _set_in(line: str) -> str:
    """Return the line without its indent. A list item keeps it, since it shows the level."""
    return line.rstrip() if _BULLET.match(line) else line.strip()


def _goes_on(before: str, line: str) -> bool:
    if not line or _BULLET.match(line) or labels.is_contact_line(line):
        return False
    if labels.after_question_label(line) or labels.after_answer_label(line):
        return False
    is_ended = before[-1] in ".!:。" or is_question(before)
    return len(before) >= _WRAPPED and not is_ended


def _is_of_point(before: str, source: str) -> bool:
    """Return whether a line continues the text of the list item above it."""
    point = _BULLET.match(before)
    if not point or not source.strip() or _BULLET.match(source):
        return False
    if is_question(before) or _is_labelled(source.strip()):
        return False
    return _indent(source) > _indent(before)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _words(text: str) -> Words:
    return Words(text, escape(text, quote=False))


def _is_numbered_heading(lines: _Lines, place: int) -> bool:
    """Return whether a line such as “1. Cost” is a heading: alone between blank lines."""
    line, neighbours, _leads = lines[place]
    return bool(
        neighbours == 1
        and re.match(r"\d", line)
        and _is_short(line)
        and _has_prose_below(lines, place)
    )


def _is_numbered_question(lines: _Lines, place: int) -> bool:
    """Return whether a numbered line is a question with its answer in the next line."""
    line, _neighbours, _leads = lines[place]
    is_numbered = bool(re.match(r"\s*\d", line)) and is_question(line)
    below = lines[place + 1][0] if place + 1 < len(lines) else ""
    return (
        is_numbered and bool(below) and not (_BULLET.match(below) or is_question(below))
    )


def _heading_certainty(lines: _Lines, place: int) -> Certainty | None:
    """Return how certain it is that the line is a heading, or None if it is not one.

    A heading is short, does not end a sentence and has text below it. It is likely if it
    is in title case or capitals or is a question, and a guess if it only has blank lines
    around it, or is a few words over a sentence.
    """
    line, neighbours, leads = lines[place]
    if is_faq_heading(line) or labels.is_boilerplate_heading(line):
        return Certainty.LIKELY
    if not _is_short(line) or _is_labelled(line) or place + 1 == len(lines):
        return None
    if not leads or not _introduces(lines, place):
        return None
    if is_question(line) or _is_title_case(line) or line.isupper():
        return Certainty.LIKELY
    is_guess = neighbours == 1 or _is_over_sentence(line, lines[place + 1][0])
    return Certainty.GUESS if is_guess else None


def _is_over_sentence(line: str, below: str) -> bool:
    """Return whether a line of a few words has a line below it that is a new sentence."""
    starts_anew = not below[:1].islower() and not _BULLET.match(below)
    return len(line.split()) <= _GUESSED_WORDS and starts_anew


def _is_short(line: str) -> bool:
    has_stop = line.endswith((".", ",", ";", ":", "!", "…", "。")) and not is_question(
        line
    )
    return (
        not has_stop
        and len(line) <= _HEADING_CHARACTERS
        and len(line.split()) <= _HEADING_WORDS
    )


def _is_labelled(line: str) -> bool:
    return (
        labels.is_contact_line(line)
        or labels.after_question_label(line) is not None
        or labels.after_answer_label(line) is not None
    )


def _introduces(lines: _Lines, place: int) -> bool:
    """Return whether prose comes next, or another heading and then prose."""
    if _has_prose_below(lines, place):
        return True
    below = lines[place + 1][0]
    return (
        _is_short(below)
        and place + 2 < len(lines)
        and _has_prose_below(lines, place + 1)
    )


def _has_prose_below(lines: _Lines, place: int) -> bool:
    if place + 1 >= len(lines):
        return False
    below = lines[place + 1][0]
    return (
        bool(_BULLET.match(below))
        or below.endswith((".", "!", "…", ":", "؟", "。"))
        or (len(below.split()) > _HEADING_WORDS)
    )


def _is_title_case(line: str) -> bool:
    weighty = [word for word in re.findall(r"[^\W\d_]+", line) if len(word) > 3]
    return bool(weighty) and sum(word[0].isupper() for word in weighty) >= 0.6 * len(
        weighty
    )

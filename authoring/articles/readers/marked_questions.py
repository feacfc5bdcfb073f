"""Questions that a page marks as such: microdata, RDFa, buttons that open an answer.

The FAQ that a page declares in JSON-LD for search engines is read apart from its text.
"""

import json
import re
from collections.abc import Iterator
from html import escape, unescape
from typing import Any

from authoring.articles.readers.holder import Attributes, Holder, blocks_in
from authoring.articles.rules.document import (
    ArticleHeading,
    Block,
    Certainty,
    FaqPair,
    Paragraph,
    Words,
)

_SCRIPT = re.compile(
    r"<script[^>]{0,200}application/ld\+json[^>]{0,200}>", re.IGNORECASE
)
_QUESTION_TYPE = re.compile(r"(?:\A|[/:\s])Question\Z")
_OPENER = re.compile(
    r"(?:\A|[-_\s])(?:faq[-_]?q|question|accordion[-_]?(?:title|header|button|toggle))"
    r"(?:[-_](?:title|text|label|heading))?(?:\Z|\s)",
    re.IGNORECASE,
)
_BUTTON_LEVEL = 7
_MOST_SCRIPTS, _DEEPEST = 50, 12


class ButtonHolder(Holder):
    """A button, or a single line whose class says that it is a question."""

    def parts_when_closed(self) -> list[Any]:
        words = [part for part in blocks_in(self.parts) if isinstance(part, Paragraph)]
        if len(words) != 1 or len(self.parts) != 1:
            return self.parts
        text = " ".join(words[0].lines)
        return [ArticleHeading(_BUTTON_LEVEL, text, opens=True)]


class QuestionHolder(Holder):
    """An element that its markup calls a question: its first words, then the answer."""

    def parts_when_closed(self) -> list[Any]:
        first, *rest = self.parts or [None]
        named = blocks_in([first]) if first else []
        answer = tuple(blocks_in(rest))
        if not answer or len(named) != 1:
            return self.parts
        return [FaqPair(" ".join(named[0].lines), answer, Certainty.SURE)]


def holder_of_question(attributes: Attributes) -> type[Holder] | None:
    """Return the holder of an element that is a question by its attributes, or None."""
    for name in ("itemtype", "typeof"):
        if _QUESTION_TYPE.search((attributes.get(name) or "").strip()):
            return QuestionHolder
    is_opener = attributes.get("role") == "button" or opens_text(attributes)
    if is_opener or _OPENER.search(attributes.get("class") or ""):
        return ButtonHolder
    return None


def opens_text(attributes: Attributes) -> bool:
    """Return whether the element opens and closes the text below it."""
    return "aria-expanded" in attributes


def declared_questions(html: str) -> tuple[FaqPair, ...]:
    """Return the questions and answers in the page's JSON-LD, as plain text."""
    found: dict[str, FaqPair] = {}
    for data in _linked_data(html):
        for node in _questions(data, 0):
            pair = _pair_of(node)
            if pair:
                found.setdefault(pair.question, pair)
    return tuple(found.values())


def _linked_data(html: str) -> Iterator[Any]:
    for number, start in enumerate(_SCRIPT.finditer(html)):
        end = html.find("</script", start.end())
        if end < 0 or number == _MOST_SCRIPTS:
            return
        try:
            yield json.loads(html[start.end() : end])
        except (ValueError, RecursionError):
            continue


def _questions(node: Any, depth: int) -> Iterator[dict[str, Any]]:
    """Yield the nodes of type Question."""
    if depth > _DEEPEST:
        return
    if isinstance(node, dict):
        kinds = node.get("@type")
        if kinds == "Question" or (isinstance(kinds, list) and "Question" in kinds):
            yield node
        inner = list(node.values())
    else:
        inner = node if isinstance(node, list) else []
    for child in inner:
        yield from _questions(child, depth + 1)


def _pair_of(node: dict[str, Any]) -> FaqPair | None:
    answers = node.get("acceptedAnswer") or node.get("suggestedAnswer")
    answer = answers[0] if isinstance(answers, list) and answers else answers
    stated = answer.get("text") if isinstance(answer, dict) else ""
    lines = _lines(stated)
    asked = " ".join(_lines(node.get("name") or node.get("text")))
    blocks: tuple[Block, ...] = tuple(Paragraph(_plain(line)) for line in lines)
    return FaqPair(asked, blocks, Certainty.SURE) if asked else None


def _lines(value: Any) -> list[str]:
    """Return the lines of a text that may hold HTML."""
    text = value if isinstance(value, str) else ""
    broken = re.sub(r"</(?:p|li|div|h\d)>|<br\s*/?>", "\n", unescape(text))
    lines = re.sub(r"<[^<>]*>", "", broken).splitlines()
    return [" ".join(line.split()) for line in lines if line.strip()]


def _plain(line: str) -> Words:
    return Words(line, escape(line, quote=False))

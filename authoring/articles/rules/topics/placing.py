"""Find the topic of a section: first by its heading, then by its text. Pure.

A topic counts by the words of the heading that its expressions cover, so that “type 2
diabetes” is not about types, and “Risks of the operation” is about risks.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from authoring.articles.rules.questions.marks import fold_text, without_number
from course.rules.prose import split_words

_ARABIC_ARTICLE = re.compile(r"(?<!\w)(?:[وف]?(?:[بك]?ال|لل))(?=\w{2})")
# What Arabic writes without a space: “and”, “in”, “for” before a word, “its”, “your” after it.
_ARABIC_BEFORE, _ARABIC_AFTER = "[وفبلك]?", "(?:ها?|هم|كم?|نا|ي)?"  # noqa: RUF001
_FEWEST_WORDS = 2
_LEAST_SHARE = 0.02
_SHORT = 3
_LONGEST = 160
"""Characters of a heading that are read. The expressions take long for long text."""
_FIRST_WORD = 0.5
"""What a heading's first word counts in addition: “Before the scan” is about before."""


@dataclass(frozen=True)
class Topic:
    """A topic with the expressions that find it. `text` are words of the text."""

    name: str
    heading: re.Pattern[str]
    weak: re.Pattern[str] | None
    text: re.Pattern[str]


def topic_names() -> list[str]:
    """Return the names of all topics, in the order in which they are preferred."""
    return [topic.name for topic in _topics()]


def topics_of_heading(
    heading: str, known: Collection[str], *, title: str = ""
) -> list[str]:
    """Return those of the known topics that the heading names, best first.

    Words of the article's title say nothing about a section, unless the heading has no
    others: in an article on hernia repair, “What is a hernia repair?” is not on repairs.
    """
    folded = _folded(heading[:_LONGEST])
    own = _without(folded, title)
    return _topics_in(own, known) or _topics_in(folded, known)


def _without(heading: str, title: str) -> str:
    """Return the heading with an x for each longer word of the title."""
    words = {word for word in split_words(_folded(title)) if len(word) > _SHORT}
    return re.sub(r"\w+", lambda word: "x" if word[0] in words else word[0], heading)


def _topics_in(folded: str, known: Collection[str]) -> list[str]:
    strong = {t.name: _covered(t.heading, folded) for t in _topics() if t.name in known}
    if not any(strong.values()):
        weak = ((t.name, t.weak) for t in _topics() if t.weak and t.name in known)
        strong = {name: _covered(pattern, folded) for name, pattern in weak}
    found = [name for name, points in strong.items() if points]
    return sorted(found, key=lambda name: -strong[name])


def topic_of_text(
    text: str, known: Collection[str], *, fewest: int = _FEWEST_WORDS
) -> str:
    """Return the one known topic that the text speaks of most, or "".

    It must have at least `fewest` of the topic's words.
    """
    folded = _folded(text)
    counts = {
        topic.name: len(topic.text.findall(folded))
        for topic in _topics()
        if topic.name in known
    }
    best = sorted(counts, key=lambda name: -counts[name])[:2]
    first = counts[best[0]] if best else 0
    second = counts[best[1]] if len(best) > 1 else 0
    is_enough = first >= max(fewest, _LEAST_SHARE * len(split_words(text)))
    return best[0] if is_enough and first > second else ""


def _covered(pattern: re.Pattern[str], heading: str) -> float:
    """Return how many words of the heading the expressions cover."""
    points = 0.0
    for found in pattern.finditer(heading):
        points += len(found[0].split())
        points += _FIRST_WORD if found.start() == 0 else 0
    return points


def _folded(text: str) -> str:
    folded = fold_text(without_number(text)).strip(" ?¿!.:;؟")
    return _ARABIC_ARTICLE.sub("", folded)


@cache
def _topics() -> tuple[Topic, ...]:
    text = Path(__file__).with_name("topics.yaml").read_text("utf-8")
    return tuple(_topic(name, held) for name, held in yaml.safe_load(text).items())


def _topic(name: str, held: dict[str, list[str]]) -> Topic:
    weak = held.get("weak")
    return Topic(
        name=name,
        heading=_any_of(held["heading"]),
        weak=_any_of(weak) if weak else None,
        text=_any_of([re.escape(word) for word in held["text"]]),
    )


def _any_of(patterns: Collection[str]) -> re.Pattern[str]:
    alternatives = "|".join(f"(?:{fold_text(pattern)})" for pattern in patterns)
    return re.compile(
        rf"(?<!\w){_ARABIC_BEFORE}(?:{alternatives}){_ARABIC_AFTER}(?!\w)"
    )

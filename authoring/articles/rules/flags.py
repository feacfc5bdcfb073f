"""Sentences of a plan that an author should check, and why. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from authoring.articles.rules.labels import find_contacts
from authoring.articles.rules.plan import ArticlePlan
from course.rules.markers import handles_in
from course.rules.prose import find_promises

PROMISE_WHY = "Do not promise a result. Say what was observed and what is not known."


@dataclass(frozen=True)
class Flag:
    """A sentence to check. `part` is the id of its section or question."""

    kind: str
    sentence: str
    why: str
    part: str


def flags_of(plan: ArticlePlan) -> list[Flag]:
    """Return the sentences to check in the plan, in the article's order."""
    return [
        Flag(kind, sentence, why, part.id)
        for part in plan.parts
        for sentence in part.sentences
        for kind, why in flags_in(sentence)
    ]


def flags_in(sentence: str) -> Iterator[tuple[str, str]]:
    """Yield each kind of thing to check in a sentence once, with the reason."""
    if find_promises(sentence):
        yield "promise", PROMISE_WHY
    for kind, (why, pattern) in _kinds().items():
        is_meant = kind != "source" or not handles_in(sentence)
        found = pattern.search(sentence) or (
            kind == "contact" and find_contacts(sentence)
        )
        if found and is_meant:
            yield kind, why


@cache
def _kinds() -> dict[str, tuple[str, re.Pattern[str]]]:
    held = yaml.safe_load(Path(__file__).with_name("flags.yaml").read_text("utf-8"))
    return {
        kind: (entry["why"], re.compile("|".join(entry["patterns"]), re.IGNORECASE))
        for kind, entry in held.items()
    }

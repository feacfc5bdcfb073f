"""The Dale–Chall score: how familiar the words of a text are. Pure.

Short words in short sentences can still be strange. This formula counts words that are
not on a list of 3,000 that most US children of age 9 to 10 know.
"""

# ruff: noqa: RUF001, RUF002 -- names and formulas are typographic.

import re
from functools import cache
from pathlib import Path

from course.rules.prose import split_sentences, split_words

# The list as the textstat package has it (MIT licence).
_LIST = Path(__file__).with_name("familiar_words.txt")
_NUMBER = re.compile(r"[\d.,:%$£€–-]+\Z")
# Regular forms of a familiar word are familiar, as Dale and Chall say.
_ENDINGS = (
    (r"[’']s?\Z", ""),
    (r"s\Z", ""),
    (r"es\Z", ""),
    (r"i(?:es|ed|er|est)\Z", "y"),
    (r"(?:ed|ing|er|est)\Z", ""),
    (r"(?:ed|ing|er|est)\Z", "e"),
    (r"(\w)\1(?:ed|ing|er|est)\Z", r"\1"),
)


def dale_chall_score(text: str) -> float:
    """Return the Dale–Chall score; 0.0 for no text.

    0.1579 × unfamiliar words (%) + 0.0496 × words / sentences, and 3.6365 more if over
    5% of the words are unfamiliar. Dale E, Chall JS, Educational Research Bulletin
    1948;27:11–28. Up to 4.9 is grade 4, 5 to 5.9 grades 5 to 6, 6 to 6.9 grades 7 to 8,
    7 to 7.9 grades 9 to 10, 8 to 8.9 grades 11 to 12. Names count as unfamiliar.
    """
    words = split_words(text)
    if not words:
        return 0.0
    unfamiliar = 100 * sum(not is_familiar(word) for word in words) / len(words)
    per_sentence = len(words) / len(split_sentences(text))
    penalty = 3.6365 if unfamiliar > 5 else 0.0
    return 0.1579 * unfamiliar + 0.0496 * per_sentence + penalty


def is_familiar(word: str) -> bool:
    """Return whether the word, or the word it is a regular form of, is on the list."""
    parts = word.lower().split("-")
    return all(_NUMBER.match(part) or _is_listed(part) for part in parts if part)


def _is_listed(word: str) -> bool:
    known = _familiar_words()
    return word in known or any(
        re.sub(ending, instead, word) in known
        for ending, instead in _ENDINGS
        if re.search(ending, word)
    )


@cache
def _familiar_words() -> frozenset[str]:
    return frozenset(_LIST.read_text(encoding="utf-8").lower().split())

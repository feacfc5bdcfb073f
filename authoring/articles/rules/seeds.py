"""A first draft of a quiz question, made from an FAQ pair. Pure.

Each part of it is a sentence of the article, so an author must check every part.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from course.rules.prose import split_words

DISTRACTORS = 3
_LONGEST = 40
"""Words: a longer sentence is not used as an option."""


@dataclass(frozen=True)
class OptionCandidate:
    """A sentence that may become a wrong option.

    `plain` is its words in small letters, to compare it; `length` counts them.
    """

    sentence: str
    plain: str
    length: int


@dataclass(frozen=True)
class DraftQuestion:
    """A draft question. `key` is "" if the FAQ answer has no sentence."""

    stem: str
    key: str
    distractors: tuple[str, ...]


def option_candidates(sentences: Iterable[str]) -> list[OptionCandidate]:
    """Return the sentences of at most 40 words, shortest first."""
    found = (_candidate(sentence) for sentence in sentences)
    return sorted(
        (one for one in found if 0 < one.length <= _LONGEST), key=lambda one: one.length
    )


def _candidate(sentence: str) -> OptionCandidate:
    own = split_words(sentence.lower())
    return OptionCandidate(sentence, " ".join(own), len(own))


def draft_question(
    question: str, answer: Sequence[str], pools: Sequence[Sequence[OptionCandidate]]
) -> DraftQuestion:
    """Return a draft of the question.

    The key is the sentence of the answer that shares most words with the question. The 3
    distractors come from the first pool, then from the next; in each pool, sentences
    closest in length to the key come first. No distractor is a sentence of the answer.
    """
    if not answer:
        return DraftQuestion(question, "", ())
    key = max(answer, key=lambda sentence: _shared(question, sentence))
    taken = {_candidate(sentence).plain for sentence in answer}
    distractors: list[str] = []
    for one in _nearest_first(pools, len(split_words(key))):
        if one.plain not in taken:
            taken.add(one.plain)
            distractors.append(one.sentence)
        if len(distractors) == DISTRACTORS:
            break
    return DraftQuestion(question, key, tuple(distractors))


def _nearest_first(
    pools: Sequence[Sequence[OptionCandidate]], length: int
) -> Iterator[OptionCandidate]:
    for pool in pools:
        yield from sorted(pool, key=lambda one: abs(one.length - length))


def _shared(question: str, sentence: str) -> int:
    asked = Counter(split_words(question.lower()))
    return sum((asked & Counter(split_words(sentence.lower()))).values())

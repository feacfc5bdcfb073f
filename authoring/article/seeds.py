"""A first draft of a quiz question, grown from an FAQ pair. Pure.

Every part of it is a sentence of the article, so every part is to be checked.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from course.prose import words

DISTRACTORS = 3
_LONGEST = 40
"""Words: a longer sentence makes no option that can be read at a glance."""


@dataclass(frozen=True)
class Seed:
    """A draft question: `key` is "" when the answer holds no sentence."""

    stem: str
    key: str
    distractors: tuple[str, ...]


def seed(
    question: str,
    answer: Sequence[str],
    *,
    others: Iterable[str],
    lesson: Iterable[str],
) -> Seed:
    """Return a draft of the question.

    The key is the sentence of its own answer that shares most words with the question.
    Distractors are sentences of the other answers, then of the lesson, those nearest
    in length to the key first; none says the same as the key.
    """
    key = max(answer, key=lambda sentence: _shared(question, sentence), default="")
    taken = {_plain(sentence) for sentence in answer}
    distractors: list[str] = []
    for pool in (others, lesson):
        for sentence in sorted(
            pool, key=lambda text: abs(_length(text) - _length(key))
        ):
            is_new = _plain(sentence) not in taken and _length(sentence) <= _LONGEST
            if is_new and len(distractors) < DISTRACTORS:
                taken.add(_plain(sentence))
                distractors.append(sentence)
    return Seed(question, key, tuple(distractors) if key else ())


def _length(text):
    return len(words(text))


def _plain(sentence):
    return " ".join(words(sentence.lower()))


def _shared(question, sentence):
    asked = Counter(words(question.lower()))
    return sum((asked & Counter(words(sentence.lower()))).values())

"""Rules of item writing, as far as they can be checked from the text. Pure.

The numbers are those of the NBME guide and Haladyna, Downing and Rodriguez 2002, with
additions for health. People have to check whether a wrong option is a belief that
patients hold (item-8), whether the question matters (item-12) and whether the right
answer states its uncertainty (item-15). Kinds have their own rules for typed or matched
answers:

- item-18, name the unit of a number, and item-19, ask for one brief answer: section 5 of
  the DOE handbook of test items, DOE-HDBK-1204-97,
  https://nuclearpowerradiation.tpub.com/hdbk1204/Short-Answer-Test-Item-Writing-Procedure-19.htm
- item-20, match lists of unequal length: Penn State and Colorado State,
  http://tlt.psu.edu/suggestions/questionwriting/match_construct.shtml and
  https://tilt.colostate.edu/teachingResources/tips/tip.cfm?tipid=159

Not checked: where the right option stands (item-10), because options are shown in a
random order.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from quizzes.kinds import kind_of
from quizzes.rules.paper import FrozenOption, FrozenQuestion

KEY_LENGTH_LIMIT = 1.3
_OF_THE_ABOVE = re.compile(
    r"\b(all|none|both|neither|any) of (the above|these|them|the others)\b",
    re.IGNORECASE,
)
_NEGATIVE = re.compile(r"\bNOT\b|\b[Ee][Xx][Cc][Ee][Pp][Tt]\b")
_NEGATIVE_CHOICE = re.compile(r"\bwhich (one )?of [^?]*\bnot\b", re.IGNORECASE)
_GIVEAWAY = re.compile(r"\b(always|never|usually)\b", re.IGNORECASE)
_VALUE = re.compile(
    r"\b(would you (have|choose|like|want|take)|do you want|should you have"
    r"|which would you)\b",
    re.IGNORECASE,
)
_BLAME = re.compile(
    r"\b(you should have|obviously|of course|silly|careless|foolish|stupid|you failed"
    r"|as you should know)\b",
    re.IGNORECASE,
)
# Feedback is shown for right and wrong answers alike, and the page says which it was.
_VERDICT = re.compile(
    r"\A\W*(yes|no|right|correct|wrong|incorrect|exactly|true|false|well done|good)\b"
    r"(?=\W*([.,:;!\N{EN DASH}\N{EM DASH}]|\Z)|\s+that is\b)",
    re.IGNORECASE,
)
_COMMON = frozenset(
    re.findall(
        r"\w+",
        "about after also because been before being both cannot could does each from have "
        "here into just many more most much must only other over people same should some "
        "such than that their them then there these they thing things this those until very "
        "want what when where which while will with within without would your",
    )
)


@dataclass(frozen=True)
class Finding:
    """A rule that an item breaks, and why, in plain words."""

    handle: str
    rule: str
    reason: str


def _right(item: FrozenQuestion) -> list[FrozenOption]:
    return [option for option in item.options if option.right]


def _wrong(item: FrozenQuestion) -> list[FrozenOption]:
    return [option for option in item.options if not option.right]


def find_item_faults(
    items: Iterable[FrozenQuestion], *, subject: frozenset[str] = frozenset()
) -> list[Finding]:
    """Return the findings for the items of a quiz, in order.

    `subject` holds words of the course's subject, which may be used anywhere.
    """
    quiz = list(items)
    found = [finding for item in quiz for finding in _of_item(item, subject)]
    return found + list(_between(quiz))


def _of_item(item: FrozenQuestion, subject: frozenset[str]) -> Iterator[Finding]:
    reasons: list[tuple[str, str]] = [
        *_of_stem(item),
        *_of_choices(item),
        *_of_feedback(item),
    ]
    kind = kind_of(item)
    reasons += kind.item_findings(item)
    if kind.has_one_right_option and len(_right(item)) == 1:
        reasons += [*_of_key_length(item), *_of_clues(item, subject)]
    for rule, reason in reasons:
        yield Finding(item.handle, rule, reason)


def _of_stem(item: FrozenQuestion) -> Iterator[tuple[str, str]]:
    own_words = re.sub(r"“[^”]*”", "", item.stem)
    if kind_of(item).is_question and not item.stem.rstrip().endswith("?"):
        yield "item-2", "The stem is not a full question. End it with “?”."
    if _NEGATIVE.search(own_words) or _NEGATIVE_CHOICE.search(own_words):
        yield "item-4", "The stem asks what is not true. Ask what is true instead."
    if _VALUE.search(own_words):
        yield (
            "item-14",
            "The stem asks for a personal choice, which has no right answer.",
        )
    if not item.sources:
        yield "item-17", "The question has no source."


def _of_choices(item: FrozenQuestion) -> Iterator[tuple[str, str]]:
    right = len(_right(item))
    if kind_of(item).has_one_right_option and right != 1:
        yield "item-1", f"{right} options are marked as right. Mark exactly one."
    low, high = kind_of(item).option_counts
    given = kind_of(item).option_count(item)
    if not low <= given <= high:
        yield "item-13", f"Give {low} to {high} options. The question has {given}."
    if not kind_of(item).offers_options:
        return
    for choice in item.options:
        if _OF_THE_ABOVE.search(choice.text):
            yield "item-3", f"“{choice.text}” refers to the other options."
        if match := _GIVEAWAY.search(choice.text):
            yield "item-6", f"“{match[0]}” gives away an option: “{choice.text}”"
    yield from _overlaps([_plain(choice.text) for choice in item.options])


def _overlaps(texts: list[str]) -> Iterator[tuple[str, str]]:
    for place, text in enumerate(texts):
        for other in texts[place + 1 :]:
            if text == other:
                yield "item-9", f"Two options say the same thing: “{text}”."
            elif _holds(text, other) or _holds(other, text):
                yield "item-9", f"One option contains another: “{text}”, “{other}”."


def _holds(long: str, short: str) -> bool:
    return len(short.split()) >= 3 and f" {short} " in f" {long} "


def _of_feedback(item: FrozenQuestion) -> Iterator[tuple[str, str]]:
    given = [choice.feedback for choice in item.options]
    if "feedback" not in kind_of(item).option_fields:
        if not item.feedback:
            yield "item-16", "The question has no feedback."
    elif not all(given):
        yield (
            "item-16",
            f"Number of options without their own feedback: {given.count('')}.",
        )
    elif len({_plain(text) for text in given}) < len(given):
        yield "item-16", "Two options have the same feedback. Explain each one."
    for text in (*given, item.feedback):
        if match := _VERDICT.search(text):
            yield (
                "item-16",
                f"The feedback starts with “{match[1]}”, but it is also shown to "
                f"people with a"
                " different answer. Start with the reason.",
            )
        if match := _BLAME.search(text):
            yield "item-16", f"“{match[0]}” in the feedback blames the reader."


def _of_key_length(item: FrozenQuestion) -> Iterator[tuple[str, str]]:
    mean = sum(len(choice.text) for choice in item.options) / len(item.options)
    length = len(_right(item)[0].text)
    if length > KEY_LENGTH_LIMIT * mean:
        yield (
            "item-5",
            f"The right option has {length} characters, {length / mean:.2f} times the "
            f"average "
            f"of all options. Keep it below {KEY_LENGTH_LIMIT} times.",
        )


def _of_clues(
    item: FrozenQuestion, subject: frozenset[str]
) -> Iterator[tuple[str, str]]:
    elsewhere = {w for choice in _wrong(item) for w in _content_words(choice.text)}
    shared = _content_words(item.stem) & _content_words(_right(item)[0].text)
    clues = shared - elsewhere - {_stemmed(word) for word in subject}
    if clues:
        named = ", ".join(f"“{word}”" for word in sorted(clues))
        yield (
            "item-7",
            f"Only the right option repeats {named} from the stem.",
        )


def _between(quiz: list[FrozenQuestion]) -> Iterator[Finding]:
    for place, item in enumerate(quiz):
        for other in quiz[:place] + quiz[place + 1 :]:
            stem = _plain(other.stem)
            right = kind_of(item).right_in_words(item)
            if any(_holds(stem, _plain(text)) for text in right):
                yield Finding(
                    item.handle,
                    "item-11",
                    f"The stem of “{other.handle}” contains the right answer.",
                )
        if _plain(item.stem) in [_plain(earlier.stem) for earlier in quiz[:place]]:
            yield Finding(
                item.handle, "item-11", "An earlier question asks the same thing."
            )


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", re.sub(r"\[[^\]]*\]", "", text).lower()))


def _content_words(text: str) -> set[str]:
    words = {w for w in _plain(text).split() if len(w) >= 4 and w not in _COMMON}
    return {_stemmed(word) for word in words}


def _stemmed(word: str) -> str:
    return re.sub(r"(ies|es|s|ed|ing)\Z", "", word)

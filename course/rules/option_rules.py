"""Rules for an option of a course. Pure.

Decision aids must show options in equal detail (IPDAS, ipdas.ohri.ca, “balance”). The
limits of the ratio are the project's own.
"""

import dataclasses
import re
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass

from course.rules import evidence
from course.rules.chances import read_chance
from course.rules.markers import handles_in, without_markers
from course.rules.prose import find_promises, split_words

LEAST_RATIO, MOST_RATIO = 0.7, 1.4
SIDES = ("benefit", "harm")


@dataclass(frozen=True)
class OptionText:
    """An option in the form that the rules read.

    `texts` and `chances` map the names of fields to their content; `differences` are the
    sides whose figure is a difference. `evidence_sources` maps the ids of the sources
    named for the evidence to their kinds; the kind of a source that sells what it
    writes about is blank.
    """

    texts: Mapping[str, str]
    chances: Mapping[str, str]
    differences: Set[str]
    evidence: int | None
    evidence_sources: Mapping[str, str]


@dataclass(frozen=True)
class OptionFault:
    """A rule that an option breaks: its field, the message, and values to put in."""

    field: str
    message: str
    values: Mapping[str, object] = dataclasses.field(default_factory=dict)


def gettext_noop(text: str) -> str:
    """Mark the text for translation where it is shown."""
    return text


UNBALANCED = gettext_noop(
    "Words about the benefit: %(good)d. Words about the harm: %(bad)d. Write between "
    "70 and 140 words about the benefit for each 100 words about the harm."
)
UNSOURCED = gettext_noop("Give a source for the figure in its text, such as [S1].")
UNSAID = gettext_noop("Say “%(number)d” in the text, too, and what it counts.")
COMPARED_TWICE = gettext_noop(
    "Leave the figure without it blank, because the first one is a difference."
)
TOO_HIGH = gettext_noop(
    "The sources named for the evidence support rung %(highest)d at most. Choose a "
    "lower rung, or name sources that show more and say of what kind they are."
)
PROMISING = gettext_noop("“%(word)s” sounds like a promise. Say what was seen.")


def words_of(text: str) -> int:
    """Return how many words the text has, without its citations."""
    return len(split_words(without_markers(text)))


def find_option_faults(option: OptionText) -> list[OptionFault]:
    """Return the rules that the option breaks."""
    return [
        *_balance(option),
        *(fault for side in SIDES for fault in _figures(option, side)),
        *_evidence(option),
        *_promises(option),
    ]


def _balance(option: OptionText) -> Iterator[OptionFault]:
    good, bad = (words_of(option.texts[side]) for side in SIDES)
    if not LEAST_RATIO * bad <= good <= MOST_RATIO * bad:
        yield OptionFault("benefit", UNBALANCED, {"good": good, "bad": bad})


def _figures(option: OptionText, side: str) -> Iterator[OptionFault]:
    """Yield figures that the words do not say, or that have no source."""
    chances = [option.chances[f"{side}_chance"], option.chances[f"{side}_without"]]
    text = option.texts[side]
    if any(chances) and not handles_in(text):
        yield OptionFault(side, UNSOURCED)
    for number in filter(None, map(read_chance, chances)):
        for bound in dict.fromkeys([number.low, number.high]):
            if not re.search(rf"\b{bound}\b", without_markers(text)):
                yield OptionFault(side, UNSAID, {"number": bound})
    if side in option.differences and chances[1]:
        yield OptionFault(f"{side}_without", COMPARED_TWICE)


def _evidence(option: OptionText) -> Iterator[OptionFault]:
    highest = evidence.highest_rung(option.evidence_sources.values())
    if option.evidence is not None and option.evidence > highest:
        yield OptionFault("evidence", TOO_HIGH, {"highest": highest})


def _promises(option: OptionText) -> Iterator[OptionFault]:
    for name, text in option.texts.items():
        for promise in find_promises(text):
            yield OptionFault(name, PROMISING, {"word": promise.word})

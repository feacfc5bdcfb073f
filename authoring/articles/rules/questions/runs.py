"""Questions that stand in a row without a heading that introduces them. Pure.

One question in bold is rhetorical; two in a section, each with its answer, are not.
Headings at the top of an article are its sections, even if all of them are questions;
only three short ones below another heading are questions with answers, unless most
parts of the article are made like that.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby

from authoring.articles.rules.questions.cues import Cue, Style

_FEWEST = {Style.BOLD: 2, Style.NUMBER: 2, Style.LINE: 3}
_FEWEST_HEADINGS = 3
_MOST_PARTS = 0.5
"""The share of an article's parts that may be rows of questions below a heading."""
_LONGEST_ANSWER = 120
"""Words: below a longer text, a heading is one of a section."""
Cues = Sequence[Cue | None]


def asked_in_runs(cues: Cues, words: Sequence[int], places: set[int]) -> set[int]:
    """Return the places of questions in a row, among the given places.

    `words` is the number of words of each element.
    """
    return {
        *_lines(cues, places),
        *_headings(cues, words, places),
        *(n for n in places if _stands_alone(cues, n)),
    }


def _stands_alone(cues: Cues, place: int) -> bool:
    cue = cues[place]
    if cue is None:
        return False
    if cue.style == Style.MARKUP:
        return cue.certain or cue.has_mark
    if cue.style == Style.LABEL:
        return cue.has_mark
    return cue.style == Style.HEADING and cue.certain and cue.asks


def _lines(cues: Cues, places: set[int]) -> Iterator[int]:
    for section in _between_headings(cues, places):
        for style, fewest in _FEWEST.items():
            asked = [n for n in section if _is_asked(cues, n, style)]
            if len(asked) >= fewest:
                yield from asked


def _is_asked(cues: Cues, place: int, style: Style) -> bool:
    cue = cues[place]
    if cue is None or cue.style != style or not cue.has_mark:
        return False
    return bool(cue.answer) or not _has_question_next(cues, place)


def _has_question_next(cues: Cues, place: int) -> bool:
    if place + 1 >= len(cues):
        return True
    after = cues[place + 1]
    return bool(after and (after.has_mark or after.style == Style.HEADING))


def _between_headings(cues: Cues, places: set[int]) -> Iterator[list[int]]:
    section: list[int] = []
    for place, cue in enumerate(cues):
        if cue and cue.style == Style.HEADING:
            yield section
            section = []
        elif place in places:
            section.append(place)
    yield section


def _headings(cues: Cues, words: Sequence[int], places: set[int]) -> Iterator[int]:
    heads = [(n, c) for n, c in enumerate(cues) if c and c.style == Style.HEADING]
    top = min((cue.level for _, cue in heads), default=0)
    runs = [
        [place for place, _ in run]
        for is_below, run in groupby(heads, key=lambda head: head[1].level > top)
        if is_below
    ]
    asking = [run for run in runs if _is_run(cues, words, run, places)]
    parts = sum(cue.level == top for _, cue in heads)
    if len(asking) <= parts * _MOST_PARTS:
        yield from (place for run in asking for place in run)


def _is_run(cues: Cues, words: Sequence[int], run: list[int], places: set[int]) -> bool:
    is_free = len(run) >= _FEWEST_HEADINGS and places.issuperset(run)
    return is_free and all(_is_short_pair(cues, words, place) for place in run)


def _is_short_pair(cues: Cues, words: Sequence[int], place: int) -> bool:
    cue = cues[place]
    if cue is None or not cue.has_mark:
        return False
    length, after = 0, place + 1
    while after < len(cues) and not _is_heading(cues[after]):
        length += words[after]
        after += 1
    return 0 < length <= _LONGEST_ANSWER


def _is_heading(cue: Cue | None) -> bool:
    return cue is not None and cue.style == Style.HEADING

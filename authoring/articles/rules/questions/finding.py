"""Put each question of an article together with its answer. Pure.

A question counts if markup or a label names it, if it stands below a heading that
introduces questions (`zones`), or if it stands in a row of questions (`runs`).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from html import escape

from authoring.articles.rules import labels
from authoring.articles.rules.document import (
    ArticleHeading,
    ArticleTable,
    Aside,
    Block,
    Certainty,
    Element,
    FaqPair,
    ListBlock,
    Paragraph,
    Words,
)
from authoring.articles.rules.questions import runs, zones
from authoring.articles.rules.questions.blocks import (
    questions_in_list,
    questions_in_table,
)
from authoring.articles.rules.questions.cues import (
    Cue,
    Style,
    cue_of,
)
from authoring.articles.rules.questions.headings import is_faq_heading
from authoring.articles.rules.questions.lines import split_at_labels, without_label
from authoring.articles.rules.questions.marks import fold_text, is_question

_FEWEST_ITEMS = 2
_BUTTON = 7
GROUP = "This heading above questions was left out: “{}”"
COLUMNS = "These headings of a table of questions were left out: “{}”"
HIDDEN = "This question is not in the text of the page, only in its data: “{}”"


@dataclass(frozen=True)
class FoundPairs:
    """An article's elements with its pairs, and notes on what was left out.

    Each `FaqPair` in `elements` is a question that the article answers.
    """

    elements: list[Element]
    notes: tuple[str, ...]


def find_pairs(
    elements: Iterable[Element], *, title: str = "", declared: Iterable[FaqPair] = ()
) -> FoundPairs:
    """Return the elements with each question and its answer as one `FaqPair`."""
    elements = list(elements)
    expanded = list(_expanded(elements, title))
    finder = _Finder(expanded, title, declared)
    found = list(finder.found())
    notes = (*finder.notes, *_names_of_columns(elements, expanded))
    return FoundPairs(found, notes)


def _expanded(elements: Iterable[Element], title: str) -> Iterator[Element]:
    """Yield the elements, with lists and tables of questions as pairs.

    Paragraphs are split at their labels.
    """
    introduced = is_faq_heading(title)
    for element in elements:
        if isinstance(element, ArticleHeading):
            introduced = is_faq_heading(element.text)
        if isinstance(element, Paragraph):
            yield from split_at_labels(element)
        else:
            yield from _pairs_in(element, introduced=introduced) or [element]


def _pairs_in(element: Element, *, introduced: bool) -> Sequence[Element]:
    pairs: list[FaqPair] = []
    if isinstance(element, ListBlock):
        pairs = questions_in_list(element, inline=introduced)
    elif isinstance(element, ArticleTable) and introduced:
        pairs = questions_in_table(element)
    return pairs if len(pairs) >= _FEWEST_ITEMS else []


def _names_of_columns(elements: Iterable[Element], found: list[Element]) -> list[str]:
    """Return notes on the headings of tables that became questions."""
    kept = [element for element in found if isinstance(element, ArticleTable)]
    return [
        COLUMNS.format("”, “".join(element.rows[0]))
        for element in elements
        if isinstance(element, ArticleTable)
        and element not in kept
        and not is_question(element.rows[0][0])
    ]


class _Finder:
    def __init__(
        self, elements: list[Element], title: str, declared: Iterable[FaqPair]
    ):
        self.elements = elements
        self.cues = [cue_of(element) for element in elements]
        self.certainties = [_certainty(element) for element in elements]
        self.declared = {fold_text(pair.question): pair for pair in declared}
        self.notes: list[str] = []
        self.zones = zones.zones_in(self.cues, title, self.certainties)
        self._introducing = {zone.start - 1 for zone in self.zones}
        self.asked = self._asked()

    def _asked(self) -> set[int]:
        asked = {n for n, cue in enumerate(self.cues) if _is_in(self.declared, cue)}
        free = set(range(len(self.cues)))
        for zone in self.zones:
            asked |= zones.asked_in(zone, self.cues, self.certainties)
            free -= set(range(zone.start, zone.end))
        words = [len(_words_of(element).split()) for element in self.elements]
        asked |= runs.asked_in_runs(self.cues, words, free)
        asked |= {n for n in free if self._is_labelled_pair(n)}
        return {n for n in asked if self._has_answer(n, asked)}

    def _is_labelled_pair(self, place: int) -> bool:
        """Return whether a label such as “Q:” is followed by one such as “A:”."""
        cue = self.cues[place]
        if not cue or cue.style != Style.LABEL or place + 1 == len(self.elements):
            return False
        return (
            labels.after_answer_label(_words_of(self.elements[place + 1])) is not None
        )

    def _has_answer(self, place: int, asked: set[int]) -> bool:
        cue = self.cues[place]
        if cue is None or cue.answer or cue.style == Style.LABEL:
            return cue is not None
        return any(_block_of(self.elements[n]) for n in self._below(place, cue, asked))

    def _below(self, place: int, cue: Cue, asked: set[int]) -> Iterator[int]:
        """Yield the places of the elements that answer the question."""
        if cue.style == Style.MARKUP:
            return
        level = cue.level or _BUTTON
        for after in range(place + 1, len(self.elements)):
            element = self.elements[after]
            is_next = isinstance(element, ArticleHeading) and element.level <= level
            if after in asked or is_next or after in self._introducing:
                return
            yield after

    def found(self) -> Iterator[Element]:
        """Yield the elements and the pairs in order, then pairs that only data hold."""
        dropped = set(self._headings_to_drop())
        place = 0
        while place < len(self.elements):
            if place in self.asked:
                yield from self._pair(place)
                place = self._end_of(place)
            elif place not in dropped:
                yield from _unpaired(self.elements[place])
            place += 1
        yield from self._hidden()

    def _end_of(self, place: int) -> int:
        cue = self.cues[place]
        below = list(self._below(place, cue, self.asked)) if cue else []
        return below[-1] if below else place

    def _pair(self, place: int) -> Iterator[Element]:
        """Yield the pair, and before it what is not part of the answer."""
        cue = self.cues[place]
        if cue is None:
            return
        answer = [*cue.answer]
        for n in self._below(place, cue, self.asked):
            element = self.elements[n]
            if _is_around(element):
                yield element
            else:
                answer += _block_of(element)
        if answer and isinstance(answer[0], Paragraph):
            answer[0] = without_label(answer[0])
        yield FaqPair(cue.question, tuple(answer), self._how_sure(place))

    def _how_sure(self, place: int) -> Certainty:
        cue = self.cues[place]
        if cue and cue.style in (Style.MARKUP, Style.LABEL):
            return Certainty.SURE
        is_heading = cue and cue.style == Style.HEADING
        return self.certainties[place] if is_heading else Certainty.LIKELY

    def _headings_to_drop(self) -> Iterator[int]:
        """Yield the headings that have only questions below them."""
        for zone in self.zones:
            above = zone.start - 1
            for n in range(max(above, 0), zone.end):
                cue = self.cues[n]
                is_named = n == above or (cue and cue.style == Style.HEADING)
                if is_named and n not in self.asked and n + 1 in self.asked:
                    yield n
                    if n != above and cue:
                        self.notes.append(GROUP.format(cue.words))
                elif n == above and self._goes_on_with_group(zone):
                    yield n

    def _goes_on_with_group(self, zone: zones.Zone) -> bool:
        cue = self.cues[zone.start] if zone.start < zone.end else None
        is_group = cue and cue.style == Style.HEADING
        return bool(is_group and zone.start + 1 in self.asked)

    def _hidden(self) -> Iterator[FaqPair]:
        there = {fold_text(c.question) for n in self.asked if (c := self.cues[n])}
        there |= {fold_text(_words_of(element)) for element in self.elements}
        for folded, pair in self.declared.items():
            if folded not in there and pair.answer:
                self.notes.append(HIDDEN.format(pair.question))
                yield replace(pair, certainty=Certainty.SURE)


def _is_in(declared: Mapping[str, FaqPair], cue: Cue | None) -> bool:
    return bool(declared and cue and fold_text(cue.question) in declared)


def _certainty(element: Element) -> Certainty:
    if isinstance(element, ArticleHeading):
        return element.certainty
    return Certainty.SURE


def _words_of(element: Element) -> str:
    if isinstance(element, ArticleHeading):
        return element.text
    return " ".join(line for block in _block_of(element) for line in block.lines)


def _is_around(element: Element) -> bool:
    """Return whether the element is not part of an answer: a menu, or contact details."""
    if isinstance(element, Paragraph):
        return labels.is_contact_line(element.words.text)
    return isinstance(element, Aside)


def _block_of(element: Element) -> Sequence[Block]:
    """Return the blocks of an element in an answer; a heading becomes bold."""
    if isinstance(element, ArticleHeading):
        return (_bold(element.text),)
    if isinstance(element, FaqPair):
        return (_bold(element.question), *element.answer)
    return element.blocks if isinstance(element, Aside) else (element,)


def _unpaired(element: Element) -> Iterator[Element]:
    if isinstance(element, FaqPair):
        yield from _block_of(element)
    elif isinstance(element, ArticleHeading) and element.level == _BUTTON:
        yield Paragraph(Words(element.text, escape(element.text, quote=False)))
    else:
        yield element


def _bold(text: str) -> Paragraph:
    return Paragraph(Words(text, f"<b>{escape(text, quote=False)}</b>"))

"""The parts of an article below a heading that introduces questions. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from authoring.articles.rules.document import Certainty
from authoring.articles.rules.labels import is_boilerplate_heading
from authoring.articles.rules.questions.cues import Cue, Style
from authoring.articles.rules.questions.headings import is_faq_heading, is_rhetorical

_FEWEST_TOPICS = 2
Cues = Sequence[Cue | None]


@dataclass(frozen=True)
class Zone:
    """The elements `start` to `end`, below the heading before them.

    `is_whole` says that the heading is the title, so the zone is the whole article.
    """

    start: int
    end: int
    level: int
    is_whole: bool = False


def zones_in(cues: Cues, title: str, certainties: Sequence[Certainty]) -> list[Zone]:
    """Return the zones of the article, in order."""
    found: list[Zone] = []
    for place, cue in enumerate(cues):
        inside = bool(found) and place < found[-1].end
        if cue and _introduces(cue) and not inside:
            is_plain = certainties[place] != Certainty.SURE
            end = _end(cues, place, cue.level, is_plain=is_plain)
            found.append(Zone(place + 1, end, cue.level))
    if not found and is_faq_heading(title):
        return [Zone(0, len(cues), 0, is_whole=True)]
    return found


def _introduces(cue: Cue) -> bool:
    is_heading = cue.style == Style.HEADING or (
        cue.style == Style.BOLD and not cue.answer
    )
    return is_heading and is_faq_heading(cue.words)


def _end(cues: Cues, start: int, level: int, *, is_plain: bool) -> int:
    """Return where the zone ends: at a heading that is neither below it nor a question."""
    level_of_questions = 0
    for place in range(start + 1, len(cues)):
        cue = cues[place]
        if cue is None or cue.style != Style.HEADING or cue.level > level > 0:
            if cue and cue.style == Style.HEADING and cue.asks:
                level_of_questions = level_of_questions or cue.level
            continue
        is_same = not level_of_questions or cue.level >= level_of_questions
        belongs = cue.certain or cue.level == level or is_plain
        asks = cue.has_mark or (cue.certain and cue.asks)
        if not (asks and is_same and belongs):
            return place
        level_of_questions = level_of_questions or cue.level
    return len(cues)


def asked_in(zone: Zone, cues: Cues, certainties: Sequence[Certainty]) -> set[int]:
    """Return the places of the questions in the zone."""
    inside = [(n, cue) for n in range(zone.start, zone.end) if (cue := cues[n])]
    heads = set(_headings(zone, inside))
    asked = heads | {
        place
        for place, cue in inside
        if cue.style == Style.LABEL
        or (cue.style == Style.BOLD and cue.has_mark)
        or (cue.style == Style.MARKUP and (cue.has_mark or not zone.is_whole))
    }
    if not asked or any(certainties[place] != Certainty.SURE for place in heads):
        asked |= _lines(inside)
    return asked


def _headings(zone: Zone, inside: list[tuple[int, Cue]]) -> Iterator[int]:
    heads = [(n, cue) for n, cue in inside if cue.style == Style.HEADING]
    asking = [n for n, cue in heads if cue.asks or (cue.certain and not _is_no(cue))]
    if asking or zone.is_whole:
        yield from asking
        return
    deeper = [(n, cue) for n, cue in heads if cue.level > zone.level]
    level = min((cue.level for _, cue in deeper), default=0)
    topics = [n for n, cue in deeper if cue.level == level and not _is_no(cue)]
    yield from topics if len(topics) >= _FEWEST_TOPICS else ()


def _lines(inside: list[tuple[int, Cue]]) -> set[int]:
    """Return the questions among lines: those in bold, or else numbered, or else others."""
    bold = [(n, cue) for n, cue in inside if cue.style == Style.BOLD]
    if asking := {n for n, cue in bold if cue.asks}:
        return asking
    if len(bold) >= _FEWEST_TOPICS:
        return {n for n, cue in bold if not _is_no(cue)}
    for style in (Style.NUMBER, Style.LINE):
        if found := {n for n, cue in inside if cue.style == style and cue.has_mark}:
            return found
    return set()


def _is_no(cue: Cue) -> bool:
    return is_rhetorical(cue.question) or is_boilerplate_heading(cue.words)

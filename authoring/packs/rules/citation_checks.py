"""Checks of the citations in a pack's files, and of what they claim."""

import re
from collections.abc import Iterable, Iterator, Mapping

from authoring.packs.rules.problems import PackProblem
from course.rules.evidence import highest_rung
from course.rules.markers import MARKER, cited_by

_ALMOST_MARKER = re.compile(r"^(?!\s*sources:).*?(\[\s*[Ss]\d[^\]\n]*\])", re.MULTILINE)


def of_citations(file: str, text: str) -> Iterator[PackProblem]:
    """Yield malformed citations, which readers would see as text in brackets."""
    for match in _ALMOST_MARKER.finditer(text):
        if not MARKER.fullmatch(match[1]):
            line = text.count("\n", 0, match.start(1)) + 1
            yield PackProblem(
                file,
                line,
                f"Write the citation {match[1]} as [S1] or [S1, S2], or with the rung of "
                "the ladder of evidence as [S1, S2, rung 3].",
            )


def of_unknown_citations(
    file: str, text: str, known: Iterable[str]
) -> Iterator[PackProblem]:
    """Yield each source id that the text cites but sources.md does not list."""
    for match in MARKER.finditer(text):
        line = text.count("\n", 0, match.start()) + 1
        for handle in cited_by(match):
            if handle not in known:
                yield PackProblem(file, line, unknown_source(handle))


def of_rungs(file: str, text: str, kinds: Mapping[str, str]) -> Iterator[PackProblem]:
    """Yield claims on a higher rung than the sources that they cite can support."""
    for match in MARKER.finditer(text):
        highest = highest_rung(kinds.get(handle, "") for handle in cited_by(match))
        if match["rung"] and int(match["rung"]) > highest:
            line = text.count("\n", 0, match.start()) + 1
            message = f"The sources in {match[0]} support rung {highest} at most."
            yield PackProblem(file, line, message)


def unknown_source(handle: str) -> str:
    """Return the message for a source that sources.md does not list."""
    return f"sources.md has no source {handle}. Add it, or fix the id."

"""Citation markers in texts: ids of sources in square brackets, such as [S1, S2].

A claim about benefit says how much is known: [S1, S2, rung 3], see `evidence`.
"""

import re

MARKER = re.compile(
    r"\[(?P<ids>[A-Z]+\d+(?:,\s*[A-Z]+\d+)*)(?:,\s*rung\s(?P<rung>[0-5]))?\]"
)


def handles_in(text: str) -> list[str]:
    """Return the ids that the text cites, each once, in order of appearance."""
    found = (handle for match in MARKER.finditer(text) for handle in cited_by(match))
    return list(dict.fromkeys(found))


def cited_by(marker: re.Match[str]) -> list[str]:
    """Return the ids in a marker, in order."""
    return re.split(r",\s*", marker["ids"])


def without_markers(text: str) -> str:
    """Return the text without markers and the spaces before them."""
    return re.sub(r"\s*" + MARKER.pattern, "", text)

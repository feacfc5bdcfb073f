"""Citation markers in texts: ids of sources in square brackets, such as [S1, S2]."""

import re

MARKER = re.compile(r"\[([A-Z]+\d+(?:,\s*[A-Z]+\d+)*)\]")


def handles_in(text: str) -> list[str]:
    """Return the ids that the text cites, each once, in order of appearance."""
    found = (
        handle.strip() for ids in MARKER.findall(text) for handle in ids.split(",")
    )
    return list(dict.fromkeys(found))


def without_markers(text: str) -> str:
    """Return the text without markers and the spaces before them."""
    return re.sub(r"\s*" + MARKER.pattern, "", text)

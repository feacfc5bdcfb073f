"""Citation markers in texts: ids of sources in square brackets, `[S1, S2]`."""

import re

MARKER = re.compile(r"\[([A-Z]+\d+(?:,\s*[A-Z]+\d+)*)\]")


def handles_in(text: str) -> list[str]:
    """Return the ids that the text cites, each once, in the order of appearance."""
    found = (
        handle.strip() for ids in MARKER.findall(text) for handle in ids.split(",")
    )
    return list(dict.fromkeys(found))


def without_markers(text: str) -> str:
    """Return the text as it is read aloud: no markers, no space left by them."""
    return re.sub(r"\s*" + MARKER.pattern, "", text)

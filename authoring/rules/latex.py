"""Find LaTeX formulas in a text and protect them from Markdown readers. Pure."""

import re
from collections.abc import Callable, Iterator

_SIGNS = (("\\(", "\\)"), ("\\[", "\\]"), ("$$", "$$"))
_SHIELD = re.compile("\ue000([0-9]{1,7})\ue001")
# Formulas contain one of these. Escaped brackets in Markdown, such as \[1\], do not.
_MATHS = re.compile(r"[\\^_={}]")


def find_formulas(text: str) -> Iterator[tuple[int, int]]:
    """Yield the start and end of each formula that is closed."""
    signs = {begin: end for begin, end in _SIGNS if _has(text, begin, end)}
    here = 0
    while signs:
        places = {text.find(begin, here): begin for begin in signs}
        places.pop(-1, None)
        if not places:
            return
        start = min(places)
        end = text.find(signs[places[start]], start + 2)
        if end < 0:
            del signs[places[start]]
            continue
        yield start, end + 2
        here = end + 2


def is_maths(formula: str) -> bool:
    """Return whether it contains mathematical signs, not just words in brackets."""
    return formula.startswith("$$") or bool(_MATHS.search(formula[2:-2]))


class Shielded:
    """A text with each formula replaced by a placeholder, so its backslashes are kept."""

    def __init__(
        self, text: str, is_kept: Callable[[str], bool] = lambda _formula: True
    ):
        self.formulas: list[str] = []
        pieces, here = [], 0
        for start, end in find_formulas(text):
            if is_kept(text[start:end]):
                pieces += [text[here:start], f"\ue000{len(self.formulas)}\ue001"]
                self.formulas.append(text[start:end])
                here = end
        self.text = "".join([*pieces, text[here:]])

    def restored(self, text: str, write: Callable[[str], str] = str) -> str:
        """Return the text with each placeholder replaced by `write(formula)`."""
        return _SHIELD.sub(lambda found: write(self._formula(found)), text)

    def _formula(self, found: re.Match[str]) -> str:
        place = int(found[1])
        return self.formulas[place] if place < len(self.formulas) else found[0]


def _has(text: str, begin: str, end: str) -> bool:
    start = text.find(begin)
    return start >= 0 and text.find(end, start + 2) >= 0

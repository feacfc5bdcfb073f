"""Formulas: write MathML on one line, such as a/b and x², and note LaTeX."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from authoring.articles.rules.document import ArticleHeading, Aside, Element, FaqPair
from authoring.rules import latex

FORMULA = "Check this formula, which was kept as text: “{}”"
_PARTED = {"mfrac": "/"}
_RAISED = {
    "msup": ("", "sup"),
    "msub": ("", "sub"),
    "msubsup": ("", "sub", "sup"),
    "mover": ("", "sup"),
    "munder": ("", "sub"),
}
TAGS = {"math", "mfenced", "mfrac", "mi", "mn", "mo", "mover", "mrow", "mspace"}
TAGS |= {"mstyle", "msqrt", "msub", "msubsup", "msup", "mtext", "munder", "semantics"}


@dataclass
class _Part:
    """An open tag of a formula, and how many parts are inside it so far."""

    tag: str
    inside: int = 0


class Formula:
    """The parts of a MathML formula that are open while it is read."""

    def __init__(self, begins: int):
        self.begins = begins
        self.open: list[_Part] = []

    def start(self, tag: str) -> tuple[str, str]:
        """Return the sign to write before this part, and "sup", "sub" or ""."""
        parent = self.open[-1] if self.open else _Part("math")
        place, parent.inside = parent.inside, parent.inside + 1
        self.open.append(_Part(tag))
        raised = _RAISED.get(parent.tag, ())
        sign = _PARTED.get(parent.tag, "") if place else ""
        if tag == "mrow" and parent.tag in _PARTED:
            sign += "("
        return sign, raised[place] if place < len(raised) else ""

    def end(self) -> str:
        """Return the sign to write after the part that ends, or ""."""
        tag = self.open.pop().tag if self.open else ""
        is_group = tag == "mrow" and self.open and self.open[-1].tag in _PARTED
        return ")" if is_group else ""


def name_formulas(elements: Iterable[Element]) -> Iterator[str]:
    """Yield a note for each LaTeX formula. The formula itself is kept as typed."""
    for line in _lines(elements):
        for start, end in latex.find_formulas(line):
            if latex.is_maths(line[start:end]):
                yield FORMULA.format(line[start:end][:80])


def _lines(elements: Iterable[Element]) -> Iterator[str]:
    for element in elements:
        if isinstance(element, ArticleHeading):
            yield element.text
        elif isinstance(element, FaqPair):
            yield element.question
            yield from _lines(element.answer)
        elif isinstance(element, Aside):
            yield from _lines(element.blocks)
        else:
            yield from element.lines

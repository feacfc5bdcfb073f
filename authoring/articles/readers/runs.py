"""Inline text while it is read from a page: as plain text, and with the tags we keep.

Struck-out text is collected separately. What markup shows without words (quotation
marks, a tick box, a superscript) is written as characters.
"""

import re
from html import escape

from authoring.articles.readers.formulas import FORMULA, TAGS, Formula
from authoring.articles.rules.document import Words
from course.rules.raised import to_subscript, to_superscript

KEPT = {"b": "b", "strong": "b", "i": "i", "em": "i", "cite": "i", "dfn": "i"}
KEPT |= {"sup": "sup", "sub": "sub"}
STRUCK = {"del", "s", "strike"}
_STRUCK_STYLE = re.compile(r"text-decoration[^;]*line-through", re.IGNORECASE)
_RAISED_STYLE = re.compile(r"vertical-align\s*:\s*(super|sub)\b", re.IGNORECASE)
_SPOKEN = {"sup": to_superscript, "sub": to_subscript}
_AROUND = {
    "q": ("“", "”"),
    "rt": (" (", ")"),
    "msqrt": ("√(", ")"),
    "mfenced": ("(", ")"),
}
# Soft hyphens and the like: nobody sees them, and they keep a word from being found.
UNSEEN = dict.fromkeys(map(ord, "\u00ad\u2060\ufeff"))
Mark = tuple[str, str, str]
"""A tag of the page, the tag that it becomes, and its opening tag in a lesson."""


class Run:
    """The text of one block. Inline tags still open at its end continue in the next."""

    def __init__(self) -> None:
        self.text: list[str] = []
        self.html: list[str] = []
        self.marks: list[Mark] = []
        self.named: dict[str, list[Mark]] = {}
        """Open marks by the tag that they become, in the order in which they began."""
        self.open: list[Mark] = []
        self.struck: list[str] = []
        self.struck_blocks = 0
        self.notes: list[str] = []
        self.formula: Formula | None = None
        self.explained: set[str] = set()
        self.explanations: list[str] = []

    @property
    def is_struck(self) -> bool:
        return "del" in self.named or self.struck_blocks > 0

    def add(self, data: str) -> None:
        """Add text to the block, or to the struck-out text."""
        if self.is_struck:
            self.struck.append(data)
            return
        if data.strip():
            self._open_only([stack[0] for stack in self.named.values()])
        self.text.append(self._spoken(data))
        self.html.append(escape(data, quote=False))

    def line_break(self) -> None:
        if self.is_struck:
            self.struck.append(" ")
        else:
            self._open_only([])
            self.text.append("\n")
            self.html.append("\n")

    def start(self, tag: str, attributes: dict[str, str | None]) -> None:
        """Open an inline tag."""
        if tag == "math":
            self.formula = Formula(len(self.text))
        if self.formula and tag in TAGS:
            sign, name = self.formula.start(tag)
            self.add(sign)
            opening = f"<{name}>" if name else ""
        else:
            name, opening = _meaning(tag, attributes)
        if tag == "a" and name:
            self.end("a")
        self.marks.append((tag, name, opening))
        if name:
            self.named.setdefault(name, []).append(self.marks[-1])
        if tag == "abbr":
            self.explanations.append(attributes.get("title") or "")
        if tag in _AROUND:
            self.add(_AROUND[tag][0])
        if tag == "input" and attributes.get("type") == "checkbox":
            self.add("☑ " if "checked" in attributes else "☐ ")

    def end(self, tag: str) -> None:
        """Close the innermost open tag of this name, if there is one."""
        place = len(self.marks) - 1
        while place >= 0 and self.marks[place][0] != tag:
            place -= 1
        if place < 0:
            return
        if self.formula and tag in TAGS:
            self.add(self.formula.end())
        if tag in _AROUND:
            self.add(_AROUND[tag][1])
        if tag == "abbr":
            self._explain(self.explanations.pop())
        self._unname(self.marks.pop(place)[1])
        if tag == "math":
            self._name_formula()
        self.name_struck()

    def _unname(self, name: str) -> None:
        if name:
            self.named[name].pop()
            if not self.named[name]:
                del self.named[name]

    def _explain(self, title: str) -> None:
        """Add what an abbreviation stands for, the first time it appears."""
        if title and title not in self.explained:
            self.explained.add(title)
            self.add(f" ({title})")

    def _name_formula(self) -> None:
        formula, self.formula = self.formula, None
        formula_text = " ".join(
            "".join(self.text[formula.begins :] if formula else ()).split()
        )
        if formula_text:
            self.notes.append(FORMULA.format(formula_text[:80]))

    def name_struck(self) -> None:
        """Add a note on the struck-out text, once all of it has been read."""
        if self.is_struck or not self.struck:
            return
        struck = " ".join("".join(self.struck).split())
        self.struck = []
        if struck:
            self.notes.append(f"Struck-out text was left out: “{struck}”")

    def take_words(self) -> Words | None:
        """Return the text of the block, or None if it is blank, and start a new block."""
        self._open_only([])
        if self.struck:
            self.struck.append(" ")
        text, html = tidy_spaces("".join(self.text)), tidy_spaces("".join(self.html))
        self.text, self.html = [], []
        return Words(text, html) if text else None

    def _spoken(self, data: str) -> str:
        say = next((say for name, say in _SPOKEN.items() if name in self.named), str)
        return say(data)

    def _open_only(self, marks: list[Mark]) -> None:
        same = 0
        for one, other in zip(self.open, marks, strict=False):
            if one != other:
                break
            same += 1
        self.html += [f"</{name}>" for _tag, name, _ in reversed(self.open[same:])]
        self.html += [opening for _tag, _name, opening in marks[same:]]
        self.open = marks


def tidy_spaces(text: str) -> str:
    """Return the text without blank lines, extra spaces and invisible characters."""
    lines = (" ".join(line.split()) for line in text.translate(UNSEEN).split("\n"))
    return "\n".join(line for line in lines if line)


def is_struck_style(style: str | None) -> bool:
    """Return whether a CSS style strikes text out."""
    return bool(style and _STRUCK_STYLE.search(style))


def _meaning(tag: str, attributes: dict[str, str | None]) -> tuple[str, str]:
    """Return the tag that a tag becomes, and its opening tag; both may be ""."""
    style = attributes.get("style") or ""
    if tag in STRUCK or is_struck_style(style):
        return "del", ""
    if tag == "a":
        href = attributes.get("href") or ""
        is_link = href.startswith(("http", "mailto:", "tel:"))
        return ("a", f'<a href="{escape(href)}">') if is_link else ("", "")
    raised = _RAISED_STYLE.search(style)
    name = KEPT.get(tag) or ("" if not raised else raised[1].lower()[:3])
    return name, f"<{name}>" if name else ""

"""Repair rich text, and read it as blocks or plain lines. Pure.

All rich text from outside (an article, a pack, an older release) goes through
`repair_html`, so that the editor can open it. To show rich text without markup, use
`html_lines`, so that blocks stay separate and 10⁹ stays 10⁹.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser
from itertools import groupby

from course.rules.raised import to_subscript, to_superscript

DEEPEST = 4
"""How many levels of nested lists the editor supports."""
KEY = "data-block-key"
_INLINE = {"b": "b", "strong": "b", "i": "i", "em": "i", "sup": "sup", "sub": "sub"}
_INLINE["a"] = "a"
_TITLES = ("h2", "h3")
_LISTS = ("ul", "ol")
_BLOCKS = {"p", "li", "div", "blockquote", "tr", "td", "th", "hr", "dt", "dd", "pre"}
_BLOCKS |= {f"h{level}" for level in range(1, 7)}
_SPACE = re.compile(r"[ \t\n\r\f]+")
_LINK_PARTS = ("href", "linktype", "id")
_RAISED = {"sup": to_superscript, "sub": to_subscript}


@dataclass
class HtmlBlock:
    """A paragraph, title or list item, with its tag and inner HTML.

    A list item has the tag of its list, and the number of lists around it.
    """

    tag: str = "p"
    depth: int = 0
    key: str = ""
    inner: str = ""
    pieces: list[tuple[str, str]] = field(default_factory=list)
    """The text in pieces, each with its superscript or subscript tag."""

    @property
    def text(self) -> str:
        """The text without markup."""
        runs = groupby(self.pieces, key=lambda piece: piece[0])
        return "".join(
            _RAISED.get(tag, str)("".join(words for _tag, words in run))
            for tag, run in runs
        )

    @property
    def is_item(self) -> bool:
        return self.tag in _LISTS


def repair_html(html: str) -> str:
    """Return the rich text as well-nested blocks that the editor supports."""
    return write_blocks(html_blocks(html))


def html_lines(html: str) -> list[str]:
    """Return the paragraphs and list items of a rich text, without blank ones."""
    found = (line.strip() for b in html_blocks(html) for line in b.text.split("\n"))
    return [line for line in found if line]


def html_blocks(html: str) -> list[HtmlBlock]:
    """Return the non-empty blocks of a rich text, in order."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    reader.end_block()
    number_lists(reader.blocks)
    return reader.blocks


def number_lists(found: Iterable[HtmlBlock]) -> None:
    """Make each level of a list one kind, and let no level start without the one above.

    Wagtail's exporter loses items of a second kind on the same level, and gives items
    after an inner list the kind of that list (draftjs_exporter 6, wrapper_state,
    and https://github.com/wagtail/draftail/issues/209).
    """
    kinds: list[str] = []
    is_inside = False
    for block in found:
        if not block.is_item:
            kinds, is_inside = [], False
            continue
        block.depth = min(block.depth, len(kinds), DEEPEST)
        if len(kinds) > block.depth and (block.depth or is_inside):
            block.tag = kinds[block.depth]
        kinds[block.depth :] = [block.tag]
        is_inside = block.depth > 0


def write_blocks(found: Iterable[HtmlBlock]) -> str:
    """Return the blocks as HTML, with an item's lists inside the item."""
    html: list[str] = []
    open_lists: list[str] = []
    found = list(found)
    number_lists(found)
    for block in found:
        depth = block.depth if block.is_item else -1
        while len(open_lists) > depth + 1:
            html.append(f"</li></{open_lists.pop()}>")
        if not block.is_item:
            html.append(f"<{block.tag}{_key(block)}>{block.inner}</{block.tag}>")
            continue
        if len(open_lists) == depth + 1 and open_lists[-1] == block.tag:
            html.append("</li>")
        elif len(open_lists) == depth + 1:
            html.append(f"</li></{open_lists.pop()}>")
        if len(open_lists) <= depth:
            html.append(f"<{block.tag}>")
            open_lists.append(block.tag)
        html.append(f"<li{_key(block)}>{block.inner}")
    html += [f"</li></{tag}>" for tag in reversed(open_lists)]
    return "".join(html)


def _key(block: HtmlBlock) -> str:
    return f' {KEY}="{escape(block.key)}"' if block.key else ""


class _Reader(HTMLParser):
    """Collects the text of the open block, with the inline tags around it."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[HtmlBlock] = []
        self.lists: list[str] = []
        self.marks: list[tuple[str, str]] = []
        self.start_block()

    def start_block(self, tag: str = "p", key: str = "") -> None:
        self.block = HtmlBlock(tag, max(len(self.lists) - 1, 0), key)
        self.html: list[str] = []
        self.open: list[tuple[str, str]] = []
        self.space = ""

    def end_block(self) -> None:
        """Keep the block if it is not empty, and start a paragraph or list item."""
        self._open_only([])
        if any(words.strip() for _tag, words in self.block.pieces):
            self.block.inner = "".join(self.html)
            self.blocks.append(self.block)
        self.start_block(self.lists[-1] if self.lists else "p")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _INLINE:
            if tag == "a":
                self._unmark(tag)
            self.marks.append((tag, _opening(tag, dict(attrs))))
        elif tag == "br":
            self._line_break()
        elif tag in _LISTS:
            self.end_block()
            self.lists.append(tag)
        elif tag in _BLOCKS:
            self._start(tag, dict(attrs).get(KEY) or "")

    def _start(self, tag: str, key: str) -> None:
        """Start a block, or continue the list item if there is one."""
        if self.lists and tag != "li":
            self._line_break()
            return
        self.end_block()
        named = self.lists[-1] if self.lists else tag if tag in _TITLES else "p"
        self.start_block(named, key)

    def handle_endtag(self, tag: str) -> None:
        if tag in _INLINE:
            self._unmark(tag)
        elif tag in _LISTS:
            self.end_block()
            if self.lists:
                self.lists.pop()
            self.start_block(self.lists[-1] if self.lists else "p")
        elif tag in _BLOCKS and self.lists and tag != "li":
            self._line_break()
        elif tag in _BLOCKS:
            self.end_block()

    def _unmark(self, tag: str) -> None:
        """Remove the innermost mark of this kind."""
        for place in range(len(self.marks) - 1, -1, -1):
            if self.marks[place][0] == tag:
                del self.marks[place]
                return

    def _line_break(self) -> None:
        if self.block.pieces:
            self.space = "\n"

    def handle_data(self, data: str) -> None:
        words = _SPACE.sub(" ", data).strip(" ")
        if self.block.pieces and _SPACE.match(data):
            self.space = self.space or " "
        if not words:
            return
        if self.space == "\n":
            # Within a link the exporter would write the line break as a space.
            self._open_only([])
        # A mark within one of the same kind has no effect.
        outermost = {_INLINE[mark[0]]: mark for mark in reversed(self.marks)}
        self._open_only(sorted(outermost.values(), key=self.marks.index))
        self._say_space()
        self.html.append(escape(words, quote=False))
        self._say(words)
        self.space = " " if _SPACE.match(data[-1:]) else ""

    def _say_space(self) -> None:
        if self.space:
            self.html.append("<br/>" if self.space == "\n" else " ")
            self._say(self.space)
            self.space = ""

    def _say(self, words: str) -> None:
        open_tags = {tag for tag, _opening_tag in self.marks}
        raised = next((tag for tag in _RAISED if tag in open_tags), "")
        self.block.pieces.append((raised, words))

    def _open_only(self, marks: list[tuple[str, str]]) -> None:
        """Close and open inline tags until exactly these are open."""
        same = 0
        for one, other in zip(self.open, marks, strict=False):
            if one != other:
                break
            same += 1
        closed = reversed(self.open[same:])
        self.html += [f"</{_INLINE[tag]}>" for tag, opening in closed if opening]
        if marks[same:]:
            self._say_space()
        self.html += [opening for _tag, opening in marks[same:]]
        self.open = list(marks)


def _opening(tag: str, attributes: dict[str, str | None]) -> str:
    if tag != "a":
        return f"<{_INLINE[tag]}>"
    found = [(name, attributes.get(name)) for name in _LINK_PARTS]
    kept = " ".join(name + _quoted(value) for name, value in found if value)
    return f"<a {kept}>" if kept else ""


def _quoted(value: str) -> str:
    return f'="{escape(value)}"'

"""Read HTML in one pass, after cleaning it.

Cleaning removes scripts, styles, event handlers and `javascript:` links, and corrects
the nesting, so that one stack is enough for any file. A tag that is not known to be
inline separates words, so that two words never become one.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser

import nh3

from authoring.articles.readers import styles
from authoring.articles.readers.formulas import TAGS
from authoring.articles.readers.holder import Attributes, Holder
from authoring.articles.readers.holders import HOLDERS, PARENTS
from authoring.articles.readers.marked_questions import (
    declared_questions,
    holder_of_question,
    opens_text,
)
from authoring.articles.readers.runs import (
    KEPT,
    STRUCK,
    Run,
    is_struck_style,
    tidy_spaces,
)
from authoring.articles.rules.document import Element, FoundElements, Paragraph, Picture

_INLINE = {"a", "abbr", "acronym", "bdi", "bdo", "big", "code", "data", "font", "input"}
_INLINE |= {"ins", "kbd", "label", "mark", "nobr", "o:p", "output", "q", "rb", "rp"}
_INLINE |= {"rt", "ruby", "samp", "small", "span", "time", "tt", "u", "var", "wbr"}
_INLINE |= STRUCK | set(KEPT)
_VOID = {"br", "hr", "img", "input", "wbr", "col", "area", "source", "track"}
_EMPTY = {"script", "style", "template", "noscript", "svg", "iframe", "head", "title"}
_EMPTY |= {"annotation", "annotation-xml", "audio", "canvas", "object", "rp", "video"}
_NAMED = {
    "iframe": "Content from another site",
    "video": "A video",
    "audio": "An audio recording",
    "object": "An embedded file",
    "embed": "An embedded file",
    "canvas": "A drawing",
}
_NAME = re.compile(r"<([a-zA-Z][\w:.-]{0,40})")
_TAG = re.compile(r"<(/?)([a-zA-Z][\w:.-]{0,40})")
_LANGUAGE = re.compile(
    r"<html[^>]{0,500}?\slang\s*=\s*[\"']?([a-z]{2,3}(?:-[a-z0-9]{2,8})?)",
    re.IGNORECASE,
)
_HEAD = 20_000
_MOST_NAMES = 300
_DEEPEST = 2_000
"""Levels of nested tags. The time for cleaning grows with the square of them."""
_END_MAY_LACK = {"p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot"}
_END_MAY_LACK |= {"option", "colgroup", "html", "body", "head", "font"} | _VOID
_ATTRIBUTES = {"style", "rowspan", "colspan", "start", "type", "checked", "title"}
_ATTRIBUTES |= {"class", "value", "reversed", "itemtype", "typeof", "role"}
_ATTRIBUTES |= {"aria-expanded"}


class TooDeep(Exception):
    """The page has more levels of nested tags than we read."""


def read_html(html: str) -> FoundElements:
    """Return the content of the page, in order. Images are noted, never fetched.

    Raises TooDeep if tags are nested more than 2,000 levels deep.
    """
    _refuse_if_deep(html)
    reader = _HtmlReader(styles.styles_by_class(html))
    reader.feed(clean_html(html))
    reader.close()
    found = reader.finished()
    notes = (*_left_out(html), *dict.fromkeys(reader.notes))
    named = _LANGUAGE.search(html[:_HEAD])
    return FoundElements(
        found,
        notes,
        declared=declared_questions(html),
        language=named[1].lower() if named else "",
    )


def _refuse_if_deep(html: str) -> None:
    """Raise TooDeep before the page is parsed. Optional end tags may be missing."""
    depth = 0
    for match in _TAG.finditer(html):
        if match[2].lower() not in _END_MAY_LACK:
            depth = max(depth - 1, 0) if match[1] else depth + 1
        if depth > _DEEPEST:
            raise TooDeep


def clean_html(html: str) -> str:
    """Return the page with only text, structure and plain links."""
    names = {match[1].lower() for match in _NAME.finditer(html)}
    known = set(sorted(names)[:_MOST_NAMES]) | _INLINE | TAGS | set(HOLDERS)
    return nh3.clean(
        html,
        tags=(known | {"br", "img", "p", "div"}) - _EMPTY,
        clean_content_tags=_EMPTY,
        attributes={"*": _ATTRIBUTES, "a": {"href"}, "img": {"src", "alt"}},
        url_schemes={"http", "https", "mailto", "tel", "data"},
        link_rel=None,
    )


def _left_out(html: str) -> Iterator[str]:
    counts = Counter(match[1].lower() for match in _NAME.finditer(html))
    for tag, what in _NAMED.items():
        if counts[tag]:
            times = f" ({counts[tag]} times)" if counts[tag] > 1 else ""
            yield f"{what} was left out{times}. Add it by hand."
    if counts["svg"] and counts["text"]:
        yield "A drawing with words in it was left out. Add it by hand."


class _HtmlReader(HTMLParser):
    """Adds content to the innermost open holder: the page, a list, a table cell."""

    def __init__(self, class_styles: Mapping[str, str]):
        super().__init__(convert_charrefs=True)
        self.class_styles = class_styles
        self.holders: list[Holder] = [Holder()]
        self.run = Run()
        self.in_pre = self.lists = 0
        self.blocks: list[tuple[bool, bool]] = []
        """For each open block, whether it is struck out, and whether it has a holder."""
        self.notes: list[str] = []

    def finished(self) -> list[Element]:
        self._flush()
        while len(self.holders) > 1:
            self._close()
        self.notes += self.run.notes
        return self.holders[0].parts

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = styles.with_classes(dict(attrs), self.class_styles)
        self.holders[-1].opens |= opens_text(attributes)
        if tag in _INLINE or tag in TAGS:
            self.run.start(tag, attributes)
        elif tag == "br":
            self.run.line_break()
        elif tag == "img":
            self._picture(attributes)
        else:
            self._flush()
            if tag in _VOID:
                return
            self._start_block(tag, attributes)

    def _start_block(self, tag: str, attributes: Attributes) -> None:
        self.in_pre += tag == "pre"
        holder = HOLDERS.get(tag) or holder_of_question(attributes)
        self.blocks.append(
            (is_struck_style(attributes.get("style")), holder is not None)
        )
        self.run.struck_blocks += self.blocks[-1][0]
        if holder:
            self.holders.append(holder(tag, attributes))
            self.holders[-1].around = self.lists
            self.holders[-1].opens = opens_text(attributes)
            self.lists += tag in ("ul", "ol")

    def handle_endtag(self, tag: str) -> None:
        if tag in _INLINE or tag in TAGS:
            self.run.end(tag)
        elif tag not in _VOID:
            self._flush()
            self.in_pre -= tag == "pre"
            is_struck, has_holder = self.blocks.pop() if self.blocks else (False, False)
            self.run.struck_blocks -= is_struck
            self.run.name_struck()
            if has_holder:
                self._close()

    def handle_data(self, data: str) -> None:
        self.run.add(data if self.in_pre else data.replace("\n", " "))

    def _picture(self, attributes: Attributes) -> None:
        alt = tidy_spaces(attributes.get("alt") or "").replace("\n", " ")
        self.notes.append(
            f"A picture was left out ({alt or 'no description'}). Add it by hand."
        )
        self._flush()
        self.holders[-1].add(Picture(alt, (attributes.get("src") or "")[:200]))

    def _flush(self) -> None:
        words = self.run.take_words()
        if words:
            self.holders[-1].add(Paragraph(words))

    def _close(self) -> None:
        holder = self.holders.pop()
        self.lists -= holder.tag in ("ul", "ol")
        parent = self.holders[-1]
        fits = type(holder) not in PARENTS or isinstance(parent, PARENTS[type(holder)])
        for part in holder.parts_when_closed() if fits else holder.parts:
            parent.add(part)
        self.notes += holder.notes

"""HTML to elements, in one pass over a page that was cleaned first.

Cleaning takes scripts, styles, event handlers and `javascript:` links away, and makes
the nesting sound, so that one stack is enough whatever the file holds.
"""

from html import escape
from html.parser import HTMLParser

import nh3

from authoring.article.document import (
    Aside,
    Block,
    Element,
    Heading,
    ListBlock,
    Pair,
    Paragraph,
    Picture,
    Table,
    Words,
)

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_ASIDES = {"nav", "footer", "aside"}
_BOXES = {
    "article",
    "blockquote",
    "body",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "figcaption",
}
_BOXES |= {"figure", "header", "li", "main", "ol", "p", "pre", "section", "summary"}
_BOXES |= {"table", "caption", "tbody", "td", "tfoot", "th", "thead", "tr", "ul"}
_INLINE = {"a": "a", "b": "b", "strong": "b", "i": "i", "em": "i"}
_TAGS = _ASIDES | _BOXES | set(_INLINE) | set(_HEADINGS) | {"br", "hr", "img"}
_EMPTY = {"script", "style", "template", "noscript", "svg", "iframe", "head", "title"}


def elements(html: str) -> list[Element]:
    """Return what the page says, in order. Images are named, never fetched."""
    reader = _Reader()
    reader.feed(cleaned(html))
    reader.close()
    return reader.finished()


def cleaned(html: str) -> str:
    """Return the page with nothing in it but text, structure and plain links."""
    return nh3.clean(
        html,
        tags=_TAGS,
        clean_content_tags=_EMPTY,
        attributes={"a": {"href"}, "img": {"src", "alt"}},
        url_schemes={"http", "https", "mailto", "tel", "data"},
        link_rel=None,
    )


class _Run:
    """Inline text as it is gathered: plain, and with the tags that are open."""

    def __init__(self):
        self.text, self.html, self.open = [], [], []

    def add(self, data):
        self.text.append(data)
        self.html.append(escape(data, quote=False))

    def line_break(self):
        self.text.append("\n")
        self.html.append("\n")

    def start(self, tag, attributes):
        href = dict(attributes).get("href", "")
        is_link = tag == "a" and href.startswith(("http", "mailto:", "tel:"))
        name = _INLINE[tag] if tag != "a" or is_link else ""
        self.open.append(name)
        if name:
            self.html.append(f'<a href="{escape(href)}">' if is_link else f"<{name}>")

    def end(self):
        name = self.open.pop() if self.open else ""
        if name:
            self.html.append(f"</{name}>")

    def taken(self) -> Words | None:
        """Return what was gathered, None for blank, and begin anew.

        Tags still open are closed here; the text after them starts without.
        """
        while self.open:
            self.end()
        text, html = _spaced("".join(self.text)), _spaced("".join(self.html))
        self.text, self.html = [], []
        return Words(text, html) if text else None


def _spaced(text: str) -> str:
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


class _Reader(HTMLParser):
    """Fills the innermost open holder: the page, a list, a table, a pair."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.holders: list[_Holder] = [_Page()]
        self.run = _Run()
        self.in_pre = 0

    def finished(self) -> list[Element]:
        self._flush()
        while len(self.holders) > 1:
            self._close()
        return self.holders[0].parts

    def handle_starttag(self, tag, attrs):
        if tag in _INLINE:
            self.run.start(tag, attrs)
        elif tag == "br":
            self.run.line_break()
        elif tag == "img":
            self._picture(dict(attrs))
        else:
            self._flush()
            self.in_pre += tag == "pre"
            if tag in _HOLDERS:
                self.holders.append(_HOLDERS[tag](tag))

    def handle_endtag(self, tag):
        if tag in _INLINE:
            self.run.end()
        elif tag in _BOXES or tag in _ASIDES or tag in _HEADINGS:
            self._flush()
            self.in_pre -= tag == "pre"
            if tag in _HOLDERS:
                self._close()

    def handle_data(self, data):
        self.run.add(data if self.in_pre else data.replace("\n", " "))

    def _picture(self, attributes):
        self._flush()
        picture = Picture(
            _spaced(attributes.get("alt") or ""), (attributes.get("src") or "")[:200]
        )
        self.holders[-1].add(picture)

    def _flush(self):
        words = self.run.taken()
        if words:
            self.holders[-1].add(Paragraph(words))

    def _close(self):
        holder = self.holders.pop()
        parent = self.holders[-1]
        fits = type(holder) not in _PARENTS or isinstance(
            parent, _PARENTS[type(holder)]
        )
        for part in holder.parts_when_closed() if fits else holder.parts:
            parent.add(part)


class _Holder:
    """Something that gathers parts until its tag is closed."""

    def __init__(self, tag=""):
        self.tag, self.parts = tag, []

    def add(self, part):
        self.parts.append(part)

    def parts_when_closed(self) -> list:
        return self.parts

    @property
    def text(self) -> str:
        return " ".join(line for block in blocks_in(self.parts) for line in block.lines)


def blocks_in(parts) -> list[Block]:
    """Return the parts as blocks: headings and pairs among them become paragraphs."""
    found: list[Block] = []
    for part in parts:
        if isinstance(part, Heading):
            found.append(plain(part.text))
        elif isinstance(part, Pair):
            found += [plain(part.question), *part.answer]
        elif isinstance(part, Aside):
            found += part.blocks
        elif not isinstance(part, _Holder):
            found.append(part)
    return found


def plain(text: str) -> Paragraph:
    """Return a paragraph of plain text."""
    return Paragraph(Words(text, escape(text, quote=False)))


class _Page(_Holder):
    pass


class _HeadingHolder(_Holder):
    def parts_when_closed(self):
        pictures = [part for part in self.parts if isinstance(part, Picture)]
        words = [part for part in blocks_in(self.parts) if isinstance(part, Paragraph)]
        text = " ".join(line for part in words for line in part.lines)
        return [*pictures, *([Heading(_HEADINGS[self.tag], text)] if text else [])]


class _AsideHolder(_Holder):
    def parts_when_closed(self):
        blocks = tuple(blocks_in(self.parts))
        return [Aside(blocks)] if blocks else []


class _Item(_Holder):
    """One item of a list, a cell of a table, or one half of a pair."""

    def parts_when_closed(self):
        return [self]


class _ListHolder(_Holder):
    """A list. What is more than text in an item stands after the list."""

    def parts_when_closed(self):
        items, after = [], []
        for part in self.parts:
            inner = blocks_in(part.parts if isinstance(part, _Item) else [part])
            own = [block for block in inner if isinstance(block, Paragraph)]
            if own:
                items.append(_joined(own))
            after += [block for block in inner if not isinstance(block, Paragraph)]
        made = [ListBlock(tuple(items), self.tag == "ol")] if items else []
        return [*made, *after]


def _joined(paragraphs) -> Words:
    return Words(
        "\n".join(part.words.text for part in paragraphs),
        "\n".join(part.words.html for part in paragraphs),
    )


class _TableHolder(_Holder):
    def parts_when_closed(self):
        rows = [part.cells for part in self.parts if isinstance(part, _Row)]
        rest = [part for part in self.parts if not isinstance(part, _Row)]
        width = max((len(row) for row in rows), default=0)
        filled = tuple((*row, *[""] * (width - len(row))) for row in rows)
        return [*rest, *([Table(filled)] if any(map(any, filled)) else [])]


class _Row(_Holder):
    def parts_when_closed(self):
        return [self]

    @property
    def cells(self) -> tuple[str, ...]:
        items = [part for part in self.parts if isinstance(part, _Item)]
        return tuple(item.text for item in items)


class _PairsHolder(_Holder):
    """A `dl`: each term with what is said of it."""

    def parts_when_closed(self):
        made: list[Element] = []
        for part in self.parts:
            is_term = isinstance(part, _Item) and part.tag == "dt"
            if is_term and part.text:
                made.append(Pair(part.text, ()))
            elif made and isinstance(made[-1], Pair):
                inner = blocks_in(part.parts if isinstance(part, _Item) else [part])
                made[-1] = Pair(made[-1].question, (*made[-1].answer, *inner))
            else:
                made += part.parts if isinstance(part, _Item) else [part]
        return made


class _DetailsHolder(_Holder):
    def parts_when_closed(self):
        items = [p for p in self.parts if isinstance(p, _Item) and p.text]
        rest = tuple(blocks_in(self.parts))
        return [Pair(items[0].text, rest)] if items else list(rest)


# Where half of something stands alone, only what is in it counts.
_PARENTS = {
    _Row: (_TableHolder,),
    _Item: (_ListHolder, _Row, _PairsHolder, _DetailsHolder),
}
_HOLDERS: dict[str, type[_Holder]] = {
    **dict.fromkeys(_HEADINGS, _HeadingHolder),
    **dict.fromkeys(_ASIDES, _AsideHolder),
    **dict.fromkeys(("ul", "ol"), _ListHolder),
    **dict.fromkeys(("li", "td", "th", "dt", "dd", "summary"), _Item),
    "table": _TableHolder,
    "tr": _Row,
    "dl": _PairsHolder,
    "details": _DetailsHolder,
}

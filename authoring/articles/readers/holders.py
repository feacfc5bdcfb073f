"""Open headings, lists, definition lists and asides of a page while it is read."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from authoring.articles.readers.holder import (
    Holder,
    Inner,
    blocks_in,
    plain_text_paragraph,
)
from authoring.articles.readers.lists import BEGAN, OTHER_SIGNS, OWN_NUMBERS
from authoring.articles.readers.marked_questions import ButtonHolder
from authoring.articles.readers.tables import RowGroup, TableHolder, TableRow
from authoring.articles.rules.document import (
    ArticleHeading,
    ArticleItem,
    Aside,
    Block,
    Element,
    FaqPair,
    ListBlock,
    Paragraph,
    Picture,
    Words,
)
from course.rules.rich_text import DEEPEST

HEADINGS = {f"h{level}": level for level in range(1, 7)}
ASIDES = {"nav", "footer", "aside"}
_TASK = re.compile(r"\[([ xX])\] +")


class _HeadingHolder(Holder):
    def parts_when_closed(self) -> list[Any]:
        pictures = [part for part in self.parts if isinstance(part, Picture)]
        words = [part for part in blocks_in(self.parts) if isinstance(part, Paragraph)]
        text = " ".join(line for part in words for line in part.lines)
        opens = self.opens or any(isinstance(p, ArticleHeading) for p in self.parts)
        heading = ArticleHeading(HEADINGS[self.tag], text, opens=opens)
        return [*pictures, *([heading] if text else [])]


class _AsideHolder(Holder):
    def parts_when_closed(self) -> list[Any]:
        blocks = tuple(blocks_in(self.parts))
        return [Aside(blocks)] if blocks else []


class _ListHolder(Holder):
    """A list. A block that an item cannot hold, such as a table, splits it in two."""

    def parts_when_closed(self) -> list[Any]:
        self.made: list[Block] = []
        self.items: list[ArticleItem] = []
        for part in self.parts:
            self._take(blocks_in(part.parts if isinstance(part, Inner) else [part]))
        self._break()
        if self.tag == "ol":
            self.notes += self._changed_numbers()
        return self.made

    def _changed_numbers(self) -> Iterator[str]:
        """Yield notes on changed numbers, because rich text always counts from 1."""
        start, kind = self.attributes.get("start") or "1", self.attributes.get("type")
        items = [part for part in self.parts if _is_item(part)]
        first = items[0].text[:80] if items else ""
        if start != "1":
            yield BEGAN.format(start)
        if kind and kind != "1":
            yield OTHER_SIGNS.format(first)
        if "reversed" in self.attributes or any("value" in i.attributes for i in items):
            yield OWN_NUMBERS.format(first)

    def _take(self, inner: Iterable[Block]) -> None:
        own: list[Words] = []
        has_item = False
        for block in inner:
            if isinstance(block, Paragraph):
                own.append(block.words)
            elif isinstance(block, Picture):
                own += [plain_text_paragraph(block.alt).words] if block.alt else []
            else:
                has_item = self._add_item(own) or has_item
                own = []
                self._add_block(block)
        if self._add_item(own) and has_item:
            self.notes.append(
                f"Text below a nested list is now a separate item: “{own[0].text[:80]}”"
            )

    def _add_item(self, own: list[Words]) -> bool:
        if own:
            words = _ticked(_joined(own))
            depth = min(self.around, DEEPEST)
            self.items.append(
                ArticleItem(words.text, words.html, depth, self.tag == "ol")
            )
        return bool(own)

    def _add_block(self, block: Block) -> None:
        if isinstance(block, ListBlock):
            self.items += block.items
            return
        if self.items and self.tag == "ol":
            self.notes.append(
                "A list continues after a table and starts again at number 1."
            )
        self._break()
        self.made.append(block)

    def _break(self) -> None:
        if self.items:
            self.made.append(ListBlock(tuple(self.items), self.tag == "ol"))
        self.items = []


def _is_item(part: Any) -> bool:
    return isinstance(part, Inner) and part.tag == "li"


def _joined(words: list[Words]) -> Words:
    return Words(
        "\n".join(part.text for part in words), "\n".join(part.html for part in words)
    )


def _ticked(words: Words) -> Words:
    """Return the item of a task list with ☐ or ☑ instead of [ ] or [x]."""
    found = _TASK.match(words.text)
    if not found or not words.html.startswith(found[0]):
        return words
    box = "☐ " if found[1] == " " else "☑ "
    return Words(box + words.text[found.end() :], box + words.html[found.end() :])


class _PairsHolder(Holder):
    """A `dl`: each term with its definition."""

    def parts_when_closed(self) -> list[Any]:
        made: list[Element] = []
        for part in self.parts:
            is_term = isinstance(part, Inner) and part.tag == "dt"
            if is_term and part.text:
                made.append(FaqPair(part.text, ()))
            elif made and isinstance(made[-1], FaqPair):
                inner = blocks_in(part.parts if isinstance(part, Inner) else [part])
                made[-1] = FaqPair(made[-1].question, (*made[-1].answer, *inner))
            else:
                made += part.parts if isinstance(part, Inner) else [part]
        return made


class _DetailsHolder(Holder):
    def parts_when_closed(self) -> list[Any]:
        items = [p for p in self.parts if isinstance(p, Inner) and p.text]
        rest = tuple(blocks_in(self.parts))
        return [FaqPair(items[0].text, rest)] if items else list(rest)


# A tag outside of the parents it needs, such as `li` without `ul`, only passes on its content.
PARENTS = {
    TableRow: (TableHolder, RowGroup),
    RowGroup: (TableHolder,),
    Inner: (_ListHolder, TableRow, _PairsHolder, _DetailsHolder),
}
HOLDERS: dict[str, type[Holder]] = {
    **dict.fromkeys(HEADINGS, _HeadingHolder),
    **dict.fromkeys(ASIDES, _AsideHolder),
    **dict.fromkeys(("ul", "ol"), _ListHolder),
    **dict.fromkeys(("li", "td", "th", "dt", "dd", "summary"), Inner),
    "table": TableHolder,
    **dict.fromkeys(("thead", "tbody", "tfoot"), RowGroup),
    "tr": TableRow,
    "dl": _PairsHolder,
    "details": _DetailsHolder,
    "button": ButtonHolder,
}

"""Lists as rich text holds them, and what it cannot hold of them. Pure."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from authoring.article.document import Element, Item, ListBlock, Pair
from course import rich_text

JOINED = (
    "A point has the sign of the points before it, for a list with inner points has "
    "one kind on each level: “{}”"
)


def row(item: Item, block: ListBlock) -> rich_text.Block:
    """Return an item as a block of rich text."""
    ordered = block.ordered if item.ordered is None else item.ordered
    inner = item.html.replace("\n", "<br/>")
    return rich_text.Block("ol" if ordered else "ul", item.depth, inner=inner)


def joined(elements: Iterable[Element]) -> Iterator[str]:
    """Yield a note for each run of points that rich text makes bullets, or numbers, of."""
    for element in (elements := list(elements)):
        if isinstance(element, Pair):
            yield from joined(element.answer)
    for is_list, run in groupby(elements, key=lambda part: isinstance(part, ListBlock)):
        if is_list:
            yield from _changed([(i, block) for block in run for i in block.items])


def _changed(items: list[tuple[Item, ListBlock]]) -> Iterator[str]:
    rows = [row(item, block) for item, block in items]
    kinds = [found.tag for found in rows]
    rich_text.settle_lists(rows)
    was_changed = False
    for (item, _block), kind, found in zip(items, kinds, rows, strict=True):
        is_changed = kind != found.tag
        if is_changed and not was_changed:
            yield JOINED.format(item.text[:80])
        was_changed = is_changed

"""Lists in rich text, and notes on what rich text cannot hold. Pure."""

from collections.abc import Iterable, Iterator
from itertools import groupby, pairwise

from authoring.articles.rules.document import ArticleItem, Element, FaqPair, ListBlock
from course.rules import rich_text

JOINED = (
    "A list item has the same marker as the items before it, because each level of a "
    "nested list has one kind of marker: “{}”"
)
BEGAN = "A list started at number {}. It now starts at 1."
OTHER_SIGNS = "A list had letters. It now has numbers: “{}”"
OWN_NUMBERS = "A list had its own numbers. It now counts from 1: “{}”"
ONE_LIST = "Two numbered lists in a row are now one list. The second began with: “{}”"


def list_row(item: ArticleItem, block: ListBlock) -> rich_text.HtmlBlock:
    """Return an item as a block of rich text."""
    ordered = block.ordered if item.ordered is None else item.ordered
    inner = item.html.replace("\n", "<br/>")
    return rich_text.HtmlBlock("ol" if ordered else "ul", item.depth, inner=inner)


def notes_of_joined_lists(elements: Iterable[Element]) -> Iterator[str]:
    """Yield a note for each list that rich text joins to the list before it."""
    for element in (elements := list(elements)):
        if isinstance(element, FaqPair):
            yield from notes_of_joined_lists(element.answer)
    for _is_list, run in groupby(
        elements, key=lambda part: isinstance(part, ListBlock)
    ):
        yield from _of_run([part for part in run if isinstance(part, ListBlock)])


def _of_run(run: list[ListBlock]) -> Iterator[str]:
    for before, block in pairwise(run):
        if before.ordered and block.ordered:
            yield ONE_LIST.format(block.items[0].text[:80])
    yield from _changed([(item, block) for block in run for item in block.items])


def _changed(items: list[tuple[ArticleItem, ListBlock]]) -> Iterator[str]:
    rows = [list_row(item, block) for item, block in items]
    kinds = [found.tag for found in rows]
    rich_text.number_lists(rows)
    was_changed = False
    for (item, _block), kind, found in zip(items, kinds, rows, strict=True):
        is_changed = kind != found.tag
        if is_changed and not was_changed:
            yield JOINED.format(item.text[:80])
        was_changed = is_changed

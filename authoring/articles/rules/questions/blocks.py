"""Questions with their answers in the items of a list or the rows of a table. Pure."""

# ruff: noqa: RUF001 -- question marks of other scripts look like other signs.

import re
from collections.abc import Iterator
from dataclasses import replace
from html import escape

from authoring.articles.rules.document import (
    ArticleItem,
    ArticleTable,
    FaqPair,
    ListBlock,
    Paragraph,
    Words,
)
from authoring.articles.rules.questions.headings import is_rhetorical
from authoring.articles.rules.questions.lines import (
    SplitLine,
    split_after_bold,
    split_after_line,
)
from authoring.articles.rules.questions.marks import is_question, without_number

_INLINE = re.compile(r"([^.!…?؟？\n]{3,200}[?؟？])\s+(?=\S)")
_COLUMNS = 2


def questions_in_list(block: ListBlock, *, inline: bool = False) -> list[FaqPair]:
    """Return the pairs of a list whose every item is a question with its answer.

    Items of nested lists belong to the answer. With `inline`, the answer may follow on
    the same line. Returns [] for any other list.
    """
    pairs = [_pair_in(items, inline=inline) for items in _with_nested(block)]
    whole = [pair for pair in pairs if pair]
    return whole if len(whole) == len(pairs) > 0 else []


def questions_in_table(table: ArticleTable) -> list[FaqPair]:
    """Return the pairs of a table with a question and its answer in each row.

    Returns [] for any other table. The first row may hold the headings of the columns.
    """
    if len(table.rows[0]) != _COLUMNS:
        return []
    has_heads = not is_question(table.rows[0][0])
    rows = table.rows[1:] if has_heads else table.rows
    if not all(is_question(asked) and answer for asked, answer in rows):
        return []
    return [FaqPair(asked, (_plain(answer),)) for asked, answer in rows]


def _with_nested(block: ListBlock) -> Iterator[list[ArticleItem]]:
    held: list[ArticleItem] = []
    for item in block.items:
        if item.depth == 0 and held:
            yield held
            held = []
        held.append(item)
    yield held


def _pair_in(items: list[ArticleItem], *, inline: bool) -> FaqPair | None:
    split = split_after_bold(items[0]) or split_after_line(items[0])
    if inline and not (split and is_question(split.first)):
        split = _split_inline(items[0])
    if not split or not is_question(split.first) or is_rhetorical(split.first):
        return None
    below = tuple(replace(item, depth=max(item.depth - 1, 0)) for item in items[1:])
    nested = (ListBlock(below, bool(below[0].ordered)),) if below else ()
    answer = ((split.rest,) if split.rest else ()) + nested
    return FaqPair(without_number(split.first), answer) if answer else None


def _split_inline(words: Words) -> SplitLine | None:
    found = _INLINE.match(words.text)
    if not found:
        return None
    text = words.text[found.end() :]
    start = escape(found[0], quote=False)
    has_same = words.html.startswith(start)
    html = words.html.removeprefix(start) if has_same else escape(text, quote=False)
    return SplitLine(found[1].strip(), Paragraph(Words(text, html)))


def _plain(text: str) -> Paragraph:
    return Paragraph(Words(text, escape(text, quote=False)))

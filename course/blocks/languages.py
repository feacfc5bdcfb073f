"""What translators find in blocks: texts, and not what only names or counts something.

`get_translatable_segments` and `restore_translated_segments` are asked by
wagtail-localize, which knows Wagtail's own blocks, but neither ids nor tables.
"""

import hashlib
from collections.abc import Iterator

from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTable, TypedTableBlock
from wagtail_localize.segments import StringSegmentValue


class IdBlock(blocks.CharBlock):
    """The id of something, which is the same in all languages."""

    def get_translatable_segments(self, value):
        return []


class WordsBlock(blocks.TextBlock):
    """A text, or else only a figure, which is the same in all languages."""

    def get_translatable_segments(self, value):
        is_text = any(letter.isalpha() for letter in value or "")
        return [StringSegmentValue("", value)] if is_text else []

    def restore_translated_segments(self, value, segments):
        return segments[0].render_text()


class TranslatedTableBlock(TypedTableBlock):
    """A table of texts, each of which is translated where it is.

    The place of a text is named by the text, so that a translation stays with it if rows
    are added or moved. The same text in several cells is numbered.
    """

    def get_translatable_segments(self, value):
        texts = zip(_places_in(value), _texts_in(value), strict=True)
        return [StringSegmentValue(place, text) for place, text in texts]

    def restore_translated_segments(self, value, segments):
        words = {segment.path: segment.render_text() for segment in segments}
        places = zip(_places_in(value), _texts_in(value), strict=True)
        texts = iter([words.get(place, text) for place, text in places])
        caption = next(texts)
        columns = [{**column, "heading": next(texts)} for column in value.columns]
        rows = [
            {**row, "values": [next(texts) for _cell in row["values"]]}
            for row in value.row_data
        ]
        return TypedTable(columns=columns, row_data=rows, caption=caption)


def _texts_in(table: TypedTable) -> Iterator[str]:
    yield table.caption or ""
    yield from (column["heading"] for column in table.columns)
    yield from (cell for row in table.row_data for cell in row["values"])


def _places_in(table: TypedTable) -> Iterator[str]:
    seen: dict[str, int] = {}
    for kind, text in zip(_kinds_in(table), _texts_in(table), strict=True):
        place = f"{kind}-{hashlib.sha256(text.encode()).hexdigest()[:8]}"
        seen[place] = seen.get(place, 0) + 1
        yield place if seen[place] == 1 else f"{place}-{seen[place]}"


def _kinds_in(table: TypedTable) -> Iterator[str]:
    yield "caption"
    yield from ("heading" for _column in table.columns)
    yield from ("cell" for row in table.row_data for _cell in row["values"])

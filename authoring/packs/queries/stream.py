"""A lesson's body as Wagtail stores it: lists of blocks with type, id and value.

Every block and list item has a stable id, and missing text is "", so that translation
tools recognise each string.
"""

from collections import Counter
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from authoring.packs.rules.content import PackLesson, piece_type
from authoring.packs.rules.document import PackHeading, Prose
from authoring.packs.rules.field_types import Markdown
from authoring.packs.rules.reference_schema import PackFit
from authoring.packs.rules.rich_text import markdown_to_html
from authoring.packs.rules.schema import (
    PackAnswer,
    PackImage,
    PackQuestion,
    PackTable,
    Strict,
)
from authoring.rules.content_keys import key_below, option_key
from course.blocks.draftail import normal_form

# File in the pack → id of the picture in the library, or None if it is not there yet.
Pictures = Mapping[str, int | None]
NO_PICTURES: Pictures = {}


def body_blocks(
    lesson: PackLesson, key: UUID, pictures: Pictures = NO_PICTURES
) -> list[dict[str, Any]]:
    """Return the blocks of the body. Ids derive from their section and number in it."""
    blocks, anchor, turns = [], "", Counter()
    for piece in lesson.body:
        if isinstance(piece, PackHeading):
            anchor = piece.anchor
        name = piece_type(piece)
        turns[anchor, name] += 1
        block_id = key_below(key, "body", anchor, name, str(turns[anchor, name]))
        blocks.append(_block(name, block_id, _value(piece, block_id, pictures)))
    return blocks


def point_blocks(texts: tuple[str, ...], key: UUID) -> list[dict[str, Any]]:
    """Return the blocks of “In short”."""
    return [
        _block("point", key_below(key, "in-short", str(place)), text)
        for place, text in enumerate(texts, start=1)
    ]


def answer_blocks(answers: tuple[PackAnswer, ...], key: UUID) -> list[dict[str, Any]]:
    """Return the blocks of what a course answers first."""
    return [
        _block("answer", key_below(key, "answer", str(place)), answer.model_dump())
        for place, answer in enumerate(answers, start=1)
    ]


def fit_blocks(fits: tuple[PackFit, ...], key: UUID) -> list[dict[str, Any]]:
    """Return the blocks of the options that fit a statement."""
    return [
        _block("fit", key_below(key, "fit", fit.option), fit.model_dump())
        for fit in fits
    ]


def option_blocks(question: PackQuestion, key: UUID) -> list[dict[str, Any]]:
    """Return the options of a question. Their ids derive from those in the pack."""
    return [
        _block(
            "option",
            option_key(key, option.id),
            {
                "text": option.text,
                "match": option.match,
                "right": option.right,
                "feedback": option.feedback,
            },
        )
        for option in question.options
    ]


def _block(name, block_id, value):
    return {"type": name, "id": str(block_id), "value": value}


def _value(piece, block_id, pictures):
    if isinstance(piece, PackHeading):
        return {"title": piece.title, "anchor": piece.anchor}
    if isinstance(piece, Prose):
        return normal_form(markdown_to_html(piece.markdown))
    if isinstance(piece.value, PackTable):
        return _table(piece.value)
    if isinstance(piece.value, PackImage):
        return _image(piece.value, pictures)
    return _plain(piece.value, block_id)


def _plain(value, parent):
    if isinstance(value, Markdown):
        return normal_form(markdown_to_html(value))
    if isinstance(value, Strict):
        return {name: _plain(v, key_below(parent, name)) for name, v in value}
    if isinstance(value, tuple):
        return [
            _block("item", item, _plain(entry, item))
            for entry, item in (
                (entry, key_below(parent, str(place)))
                for place, entry in enumerate(value, start=1)
            )
        ]
    return value


def _image(image: PackImage, pictures: Pictures):
    shown = {
        "image": pictures.get(image.file),
        "decorative": image.decorative,
        "alt_text": "" if image.decorative else image.alt,
    }
    return {"image": shown, "caption": image.caption}


def _table(table: PackTable):
    return {
        "caption": table.caption,
        "columns": [{"type": "text", "heading": title} for title in table.columns],
        "rows": [{"values": list(row)} for row in table.rows],
    }

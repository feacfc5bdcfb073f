"""A lesson's body as Wagtail stores blocks: lists of type, id and value.

Every block and list item gets an id that stays when its neighbours come and go, and
absent text is "", so that translation tools see each string and know it again.
"""

from collections import Counter
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from authoring.packs.rules.content import Block, Lesson
from authoring.packs.rules.document import Heading, Prose
from authoring.packs.rules.rich_text import to_html
from authoring.packs.rules.schema import Image, Markdown, Question, Strict, Table
from authoring.rules.content_keys import below, option_key
from course.draftail import normal_form

# The picture in the library for each file of the pack; None: not there yet.
Pictures = Mapping[str, int | None]
NO_PICTURES: Pictures = {}


def body(
    lesson: Lesson, key: UUID, pictures: Pictures = NO_PICTURES
) -> list[dict[str, Any]]:
    """Return the blocks of the body. A block is known by its section and its turn."""
    blocks, anchor, turns = [], "", Counter()
    for piece in lesson.body:
        if isinstance(piece, Heading):
            anchor = piece.anchor
        name = _name(piece)
        turns[anchor, name] += 1
        block_id = below(key, "body", anchor, name, str(turns[anchor, name]))
        blocks.append(_block(name, block_id, _value(piece, block_id, pictures)))
    return blocks


def points(texts: tuple[str, ...], key: UUID) -> list[dict[str, Any]]:
    """Return the points that tell a lesson in short."""
    return [
        _block("point", below(key, "in-short", str(place)), text)
        for place, text in enumerate(texts, start=1)
    ]


def options(question: Question, key: UUID) -> list[dict[str, Any]]:
    """Return the options of a question; their ids follow from the pack's own."""
    return [
        _block(
            "option",
            option_key(key, option.id),
            {"text": option.text, "right": option.right, "feedback": option.feedback},
        )
        for option in question.options
    ]


def _block(name, block_id, value):
    return {"type": name, "id": str(block_id), "value": value}


def _name(piece):
    if isinstance(piece, Block):
        return piece.name.replace("-", "_")
    return "heading" if isinstance(piece, Heading) else "text"


def _value(piece, block_id, pictures):
    if isinstance(piece, Heading):
        return {"title": piece.title, "anchor": piece.anchor}
    if isinstance(piece, Prose):
        return normal_form(to_html(piece.markdown))
    if isinstance(piece.value, Table):
        return _table(piece.value)
    if isinstance(piece.value, Image):
        return _image(piece.value, pictures)
    return _plain(piece.value, block_id)


def _plain(value, parent):
    if isinstance(value, Markdown):
        return normal_form(to_html(value))
    if isinstance(value, Strict):
        return {name: _plain(v, below(parent, name)) for name, v in value}
    if isinstance(value, tuple):
        return [
            _block("item", item, _plain(entry, item))
            for entry, item in (
                (entry, below(parent, str(place)))
                for place, entry in enumerate(value, start=1)
            )
        ]
    return value


def _image(image: Image, pictures: Pictures):
    shown = {
        "image": pictures.get(image.file),
        "decorative": image.decorative,
        "alt_text": "" if image.decorative else image.alt,
    }
    return {"image": shown, "caption": image.caption}


def _table(table: Table):
    return {
        "caption": table.caption,
        "columns": [{"type": "text", "heading": title} for title in table.columns],
        "rows": [{"values": list(row)} for row in table.rows],
    }

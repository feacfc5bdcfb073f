"""Rich text in exactly the form that the editor saves.

Draftail rewrites its field soon after it opens. If the server writes the same content
differently, this counts as an edit, and autosave creates a revision of a page that
somebody only looked at. So importers and packs use `normal_form`, and the editor is
given `editor_state`.
"""

import hashlib
import json
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter
from wagtail.admin.rich_text.editors.draftail import DraftailRichTextArea

from course.blocks.lesson import PROSE_FEATURES
from course.rules import rich_text

_ALPHABET = "0123456789abcdefghijklmnopqrstuvwxyz"
_KEY_LENGTH = 5


class SteadyRichTextArea(DraftailRichTextArea):
    """Draftail with its value in the form that it would write itself."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # Registered by `course/pasting.js`.
        self.options["plugins"] = [{"type": "pasting"}]

    def format_value(self, value: str | None) -> str:
        """Return the editor's state for the value in the database."""
        return editor_state(value or "", self.converter)

    def value_from_datadict(self, data, files, name):
        """Return the HTML, keeping all list items that the editor showed."""
        sent = data.get(name)
        if sent is None:
            return None
        return _exported(_with_numbered_lists(sent), self.converter)


_ITEMS = {"unordered-list-item": "ul", "ordered-list-item": "ol"}


def _with_numbered_lists(sent: str) -> str:
    state = json.loads(sent)
    if not state:
        return sent
    found = [
        rich_text.HtmlBlock(_ITEMS.get(block["type"], "p"), block.get("depth", 0))
        for block in state["blocks"]
    ]
    rich_text.number_lists(found)
    types = {tag: name for name, tag in _ITEMS.items()}
    for block, numbered in zip(state["blocks"], found, strict=True):
        if numbered.is_item:
            block["type"], block["depth"] = types[numbered.tag], numbered.depth
    return json.dumps(state)


def normal_form(html: str, features: Sequence[str] = tuple(PROSE_FEATURES)) -> str:
    """Return the rich text as the editor would save it.

    The keys of blocks derive from their content, so the same text has the same keys.
    """
    converter = _converter(tuple(features))
    return _exported(editor_state(html, converter), converter)


def _exported(state: str, converter: ContentstateConverter) -> str:
    """Return the HTML with whole lists, which the exporter sometimes splits."""
    return rich_text.repair_html(converter.to_database_format(state))


@cache
def _converter(features: tuple[str, ...]) -> ContentstateConverter:
    return ContentstateConverter(list(features))


def editor_state(html: str, converter: ContentstateConverter) -> str:
    """Return exactly the JSON that Draftail makes from the rich text."""
    blocks = rich_text.html_blocks(html)
    if not blocks:
        return "null"
    name_blocks(blocks)
    state = json.loads(converter.from_database_format(rich_text.write_blocks(blocks)))
    content = {
        "blocks": [_block(block) for block in state["blocks"]],
        "entityMap": {
            key: {name: entity[name] for name in ("type", "mutability", "data")}
            for key, entity in state["entityMap"].items()
        },
    }
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


def name_blocks(blocks: Iterable[rich_text.HtmlBlock]) -> None:
    """Give each block without its own key one that derives from its text."""
    taken: set[str] = set()
    for block in blocks:
        text, turn = block.text, 0
        while not block.key or block.key in taken:
            block.key = _key_for(f"{turn}:{block.tag}:{text}")
            turn += 1
        taken.add(block.key)


def _key_for(text: str) -> str:
    number = int.from_bytes(hashlib.sha256(text.encode(errors="replace")).digest())
    letters = []
    for _ in range(_KEY_LENGTH):
        number, letter = divmod(number, len(_ALPHABET))
        letters.append(_ALPHABET[letter])
    return "".join(letters)


def _block(block: dict[str, Any]) -> dict[str, Any]:
    return {
        "key": block["key"],
        "text": block["text"],
        "type": block["type"],
        "depth": block["depth"],
        "inlineStyleRanges": _styles(block),
        "entityRanges": [
            {name: found[name] for name in ("offset", "length", "key")}
            for found in block["entityRanges"]
        ],
        "data": {},
    }


def _styles(block: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the styles as Draft.js lists them: merged, in order of appearance."""
    ranges: dict[str, list[dict[str, Any]]] = {}
    for found in sorted(block["inlineStyleRanges"], key=lambda style: style["offset"]):
        own = ranges.setdefault(found["style"], [])
        end = own[-1]["offset"] + own[-1]["length"] if own else -1
        if found["offset"] <= end:
            own[-1]["length"] = max(end, _end(found)) - own[-1]["offset"]
        elif found["length"]:
            names = ("offset", "length", "style")
            own.append({name: found[name] for name in names})
    return [found for own in ranges.values() for found in own]


def _end(found: dict[str, Any]) -> int:
    return found["offset"] + found["length"]

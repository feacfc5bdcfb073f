"""Find a sentence in a rich text, as the editor marks what a comment is about. Pure."""

import json

from course.rules.rich_text import html_blocks


def find_passage(html: str, sentence: str) -> str:
    """Return the position of a comment on the sentence, as JSON.

    It is the first paragraph or list item if no single one holds the sentence, and ""
    if there is no text at all.
    """
    blocks = [
        (block.key, "".join(t for _tag, t in block.pieces))
        for block in html_blocks(html)
    ]
    for key, text in blocks:
        before, found, _after = text.partition(sentence)
        if found:
            return _position(key, _length(before), _length(before + found))
    return _position(blocks[0][0], 0, _length(blocks[0][1])) if blocks else ""


def _position(key: str, start: int, end: int) -> str:
    return json.dumps([{"key": key, "start": start, "end": end}])


def _length(text: str) -> int:
    """Return the length as scripts count it, in UTF-16."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2

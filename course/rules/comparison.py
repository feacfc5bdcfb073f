"""Compare two versions and find their differences. Pure.

This is used for all comparisons of versions: changes for safety, sign-offs, packs,
marks and decisions. Traces of the editor, browsers or importers do not count as
differences.
"""

import html
import re
import unicodedata
from collections.abc import Iterator
from typing import Any

_EDITOR_MARK = re.compile(r' data-block-key="[^"]*"')
_SAME_TAGS = (("strong", "b"), ("em", "i"))
_SPACE_BEFORE_END = re.compile(r"[^\S\n]+((?:</(?:b|i|a|sup|sub)>)+)")
_LINE_END = re.compile(r"[^\S\n]*\r?\n")
_NOTHING: tuple[Any, ...] = ("", None, [], {}, False)


def normalise_content(value: Any, *, with_ids: bool = False) -> Any:
    """Return the content of a text, or of a JSON structure of texts, as readers see it.

    Empty parts are left out. So are the ids of blocks, unless `with_ids` is true:
    answers refer to options by id.
    """
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, list | tuple):
        return [normalise_content(entry, with_ids=with_ids) for entry in value]
    if isinstance(value, dict):
        kept = {
            name: normalise_content(entry, with_ids=with_ids)
            for name, entry in value.items()
            if with_ids or name != "id"
        }
        return {name: entry for name, entry in kept.items() if entry not in _NOTHING}
    return value


def is_same_content(one: Any, other: Any) -> bool:
    """Return whether both have the same content for readers."""
    return bool(normalise_content(one) == normalise_content(other))


def find_differences(here: Any, there: Any) -> list[tuple[str, ...]]:
    """Return the paths at which two structures differ, such as (“questions”, “stem”).

    Both must come from `normalise_content`. Lists of different length differ as a
    whole.
    """
    return list(dict.fromkeys(_differing(here, there, ())))


def _text(text: str) -> str:
    text = _EDITOR_MARK.sub("", text)
    for long, short in _SAME_TAGS:
        text = re.sub(rf"<(/?){long}>", rf"<\1{short}>", text)
    text = _SPACE_BEFORE_END.sub(r"\1 ", text)
    text = _LINE_END.sub("\n", text).strip()
    return unicodedata.normalize("NFC", html.unescape(text))


def _differing(
    here: Any, there: Any, path: tuple[str, ...]
) -> Iterator[tuple[str, ...]]:
    if isinstance(here, dict) and isinstance(there, dict):
        for name in dict.fromkeys([*here, *there]):
            yield from _differing(here.get(name), there.get(name), (*path, str(name)))
    elif _are_lists_alike(here, there):
        for place, (one, other) in enumerate(zip(here, there, strict=True), start=1):
            yield from _differing(one, other, (*path, str(place)))
    elif here != there:
        yield path


def _are_lists_alike(here: Any, there: Any) -> bool:
    return (
        isinstance(here, list) and isinstance(there, list) and len(here) == len(there)
    )

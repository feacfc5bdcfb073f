"""Markdown extensions: superscript 10^9^, subscript H~2~O, and GitHub's ~strikethrough~."""

# ruff: noqa: RUF001 -- typographic signs are what this module reads.

import re

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

_RAISED = re.compile(r"\^([+\-−]?[0-9A-Za-z]{1,8})\^")
_LOWERED = re.compile(r"~([0-9A-Za-z+\-−]{1,8})~(?!~)")
_STRUCK = re.compile(r"~(?![~\s])([^~\n]{1,300})(?<!\s)~(?![~\w])")


def single_signs(reader: MarkdownIt) -> None:
    """Add the extensions to the parser."""
    reader.inline.ruler.before("strikethrough", "single_signs", _rule)


def _rule(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 -- the library's
    tag, found = _found(state.src[: state.posMax], state.pos)
    if not found:
        return False
    if not silent:
        state.push(f"{tag}_open", tag, 1)
        state.push("text", "", 0).content = found[1]
        state.push(f"{tag}_close", tag, -1)
    state.pos = found.end()
    return True


def _found(text: str, here: int) -> tuple[str, re.Match[str] | None]:
    before = text[here - 1 : here] if here else ""
    if text[here] == "^":
        return "sup", _RAISED.match(text, here) if before.isalnum() else None
    if text[here] == "~" and before.isalpha():
        return "sub", _LOWERED.match(text, here)
    if text[here] == "~" and before != "~" and not before.isalnum():
        return "s", _STRUCK.match(text, here)
    return "", None

"""Convert Markdown and its common extensions to the HTML that `tags` reads.

The title comes from the front matter. Each footnote is moved below the block that
refers to it. Shortcodes, which only the original site can render, are left out with a
note.
"""

import re
import sys
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

import yaml
from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin

from authoring.articles.readers.markdown_signs import single_signs
from authoring.rules import latex

_FRONT = re.compile(
    r"\A(---|\+\+\+)[ \t]*\n(.{0,20000}?\n)??\1[ \t]*(?:\n|\Z)", re.DOTALL
)
_NAME = re.compile(r"\s*[\w-]+\s*[:=]")
_SHORTCODE = re.compile(r"\{\{[<%]?[^{}\n]{1,300}[>%]?\}\}|\{%[^{}\n]{1,300}%\}")
_CODE = re.compile(r"\s*[a-z]{2,3}(?:-\w{2,8})?\s*\Z", re.IGNORECASE)
_MOST_NAMED = 80


@dataclass(frozen=True)
class MarkdownPage:
    """The text as HTML. `title` and `language` are blank if the front matter has none."""

    html: str
    title: str
    notes: tuple[str, ...]
    language: str = ""


def read_markdown(text: str) -> MarkdownPage:
    """Return the text as HTML. Raises RecursionError if brackets nest too deeply."""
    front, body = _split(text)
    body, shortcodes = without_shortcodes(body)
    title = str(front.pop("title", "") or "").strip()
    named = [str(front.pop(name, "") or "") for name in ("lang", "language")]
    language = next((code.strip().lower() for code in named if _CODE.match(code)), "")
    notes = list(shortcodes)
    if front:
        names = ", ".join(f"“{name}”" for name in front)
        notes.insert(0, f"These fields above the text were left out: {names}.")
    # The library silently drops what is nested deeper than `maxNesting`.
    options = {"html": True, "maxNesting": sys.maxsize}
    reader = MarkdownIt("commonmark", options).enable(["table", "strikethrough"])
    reader.use(footnote_plugin).use(deflist_plugin).use(single_signs)
    reader.add_render_rule("footnote_ref", _reference)
    reader.add_render_rule("footnote_anchor", lambda *_: "")
    shielded = latex.Shielded(body, latex.is_maths)
    tokens = with_footnotes_moved(reader.parse(shielded.text))
    html = reader.renderer.render(tokens, reader.options, {})
    restored = shielded.restored(html, escape)
    return MarkdownPage(restored, title, tuple(notes), language)


def _split(text: str) -> tuple[dict[str, Any], str]:
    """Return the front matter, and the text below it."""
    found = _FRONT.match(text)
    if not found or not (held := found[2]) or not _NAME.match(held):
        return {}, text
    try:
        read = tomllib.loads(held) if found[1] == "+++" else yaml.safe_load(held)
    except (yaml.YAMLError, tomllib.TOMLDecodeError, ValueError):
        return {}, text
    return (read, text[found.end() :]) if isinstance(read, dict) else ({}, text)


def without_shortcodes(text: str) -> tuple[str, list[str]]:
    """Return the text without shortcodes, and a note for each of them."""
    found = list(dict.fromkeys(match[0] for match in _SHORTCODE.finditer(text)))
    notes = [
        "This was left out, because only the original site can show it: "
        f"{code[:_MOST_NAMED]}"
        for code in found
    ]
    return _SHORTCODE.sub("", text), notes


def _reference(_renderer: Any, tokens: Sequence[Token], place: int, *_: Any) -> str:
    return f"<sup>{tokens[place].meta['id'] + 1}</sup>"


def with_footnotes_moved(tokens: list[Token]) -> list[Token]:
    """Return the tokens with each footnote below its first reference."""
    notes: dict[int, list[Token]] = {}
    body: list[Token] = []
    current: list[Token] | None = None
    for token in tokens:
        if token.type == "footnote_open":
            current = notes.setdefault(token.meta["id"], [])
        elif token.type == "footnote_close":
            current = None
        elif token.type not in ("footnote_block_open", "footnote_block_close"):
            (body if current is None else current).append(token)
    for number, note in notes.items():
        _begin_with_number(note, number)
    placed: list[Token] = []
    awaited: list[int] = []
    depth = 0
    for token in body:
        placed.append(token)
        awaited += _referred_to(token)
        depth += token.nesting
        if depth == 0 and awaited:
            placed += [t for n in dict.fromkeys(awaited) for t in notes.pop(n, [])]
            awaited = []
    return placed + [token for note in notes.values() for token in note]


def _referred_to(token: Token) -> Iterable[int]:
    inside = token.children or ()
    return [child.meta["id"] for child in inside if child.type == "footnote_ref"]


def _begin_with_number(note: list[Token], number: int) -> None:
    inline = next((token for token in note if token.type == "inline"), None)
    if inline and inline.children is not None:
        raised = Token("html_inline", "", 0, content=f"<sup>{number + 1}</sup> ")
        inline.children.insert(0, raised)

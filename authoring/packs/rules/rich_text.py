"""Convert Markdown to the few tags that a lesson's rich text keeps."""

import re
from collections.abc import Iterator
from html import escape
from typing import Any

import nh3
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from course.rules.rich_text import html_lines

_TAGS = {"p", "ul", "ol", "li", "b", "i", "a", "br", "sup", "sub"}
_RAISED = re.compile(r"</?su[pb]>")
_SCHEMES = {"http", "https", "mailto", "tel"}
_ODD = {
    "heading_open": "Remove the heading: headings are not allowed here.",
    "blockquote_open": "Remove the “>”. Write quotations as normal text.",
    "code_block": "Remove the spaces at the start of this line.",
    "fence": "Remove the block: blocks are not allowed inside a text.",
    "hr": "Remove this line. To start a section, use a heading.",
    "image": "Remove the picture: pictures are not allowed inside a text.",
    "code_inline": "Remove the backticks.",
}


class _Renderer(RendererHTML):
    """Writes the tags that the editor writes, so that saving there changes nothing."""

    def strong_open(self, *_: Any) -> str:
        return "<b>"

    def strong_close(self, *_: Any) -> str:
        return "</b>"

    def em_open(self, *_: Any) -> str:
        return "<i>"

    def em_close(self, *_: Any) -> str:
        return "</i>"

    def softbreak(self, *_: Any) -> str:
        return " "

    def hardbreak(self, *_: Any) -> str:
        return "<br/>"


def _raised(state: StateInline, silent: Any) -> bool:
    """Keep `<sup>` and `<sub>` as tags. All other HTML is treated as text."""
    found = _RAISED.match(state.src, state.pos)
    if not found:
        return False
    if not silent:
        state.push("html_inline", "", 0).content = found[0]
    state.pos = found.end()
    return True


_MARKDOWN = MarkdownIt("commonmark", {"html": False}, renderer_cls=_Renderer)
_MARKDOWN.inline.ruler.before("autolink", "raised", _raised)


def markdown_to_html(markdown: str) -> str:
    """Return the text as HTML without line breaks, or "" for an empty text."""
    html = re.sub(r"\s*\n\s*", "", _tightened(_MARKDOWN.render(markdown)))
    return nh3.clean(
        html,
        tags=_TAGS,
        attributes={"a": {"href"}},
        url_schemes=_SCHEMES,
        link_rel=None,
    )


def _tightened(html: str) -> str:
    return re.sub(r"<li>\s*<p>(.*?)</p>\s*(?=</li>|<[uo]l>)", r"<li>\1", html)


def markdown_oddities(markdown: str) -> Iterator[tuple[int, str]]:
    """Yield what rich text cannot hold: the line, counted from 0, and what to do."""
    for block in _MARKDOWN.parse(markdown):
        line = block.map[0] if block.map else 0
        for token in (block, *(block.children or ())):
            if token.type in _ODD:
                yield line, _ODD[token.type]


def markdown_links(markdown: str) -> Iterator[tuple[int, str]]:
    """Yield the line, counted from 0, and the address of each link."""
    for block in _MARKDOWN.parse(markdown):
        for token in block.children or ():
            if token.type == "link_open":
                yield (block.map or [0])[0], str(token.attrs["href"])


def markdown_paragraphs(markdown: str) -> Iterator[tuple[int, str]]:
    """Yield line, counted from 0, and plain text of each paragraph and list item."""
    for block in _MARKDOWN.parse(markdown):
        if block.type == "inline":
            html = "".join(_plain(token) for token in block.children or ())
            yield (block.map or [0])[0], " ".join(html_lines(html))


def _plain(token: Token) -> str:
    if token.type in ("softbreak", "hardbreak"):
        return " "
    is_raised = token.type == "html_inline"
    return token.content if is_raised else escape(token.content, quote=False)

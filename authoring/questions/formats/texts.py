"""A text in one of the four formats that Moodle knows, as plain text."""

import re
from collections.abc import Iterator

from markdown_it import MarkdownIt

from authoring.questions.formats import losses
from authoring.questions.formats.markup import Plain, from_html
from authoring.questions.items import tidy

HTML, MOODLE, PLAIN, MARKDOWN = "html", "moodle", "plain", "markdown"
FORMATS = (HTML, MOODLE, PLAIN, MARKDOWN)

_MARKDOWN = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
_FORMULAS = (("\\(", "\\)"), ("\\[", "\\]"), ("$$", "$$"))
_SHIELD = re.compile("\ue000([0-9]{1,7})\ue001")
# Controls say nothing, and stop spreadsheets and XML. Line ends and tabs stay.
_CONTROLS = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 127, 0xE000, 0xE001])


def read_text(source: str, form: str) -> Plain:
    """Return the text that a source in this format says, and what was lost."""
    source = tidy(source.translate(_CONTROLS))
    if form == PLAIN:
        return Plain(source)
    found = _of_markdown(source) if form == MARKDOWN else _of_html(source, form)
    if any(_has(source, *signs) for signs in _FORMULAS):
        return Plain(found.text, (*found.lost, (losses.FORMULA, "")))
    return found


def _of_html(source, form):
    return from_html(source, keeps_lines=form == MOODLE)


def _of_markdown(source):
    """Read Markdown, but keep formulas from it: there a backslash is no escape."""
    formulas: list[str] = []
    pieces = []
    for piece, is_formula in _split(source):
        pieces.append(f"\ue000{len(formulas)}\ue001" if is_formula else piece)
        if is_formula:
            formulas.append(piece)
    found = from_html(_MARKDOWN.render("".join(pieces)))
    return Plain(_SHIELD.sub(lambda m: formulas[int(m[1])], found.text), found.lost)


def _split(source: str) -> Iterator[tuple[str, bool]]:
    here = 0
    for start, end in _formulas(source):
        yield source[here:start], False
        yield source[start:end], True
        here = end
    yield source[here:], False


def _formulas(source) -> Iterator[tuple[int, int]]:
    """Yield where formulas begin and end; a sign that is not to come ends the search."""
    signs = {begin: end for begin, end in _FORMULAS if _has(source, begin, end)}
    here = 0
    while signs:
        places = {source.find(begin, here): begin for begin in signs}
        places.pop(-1, None)
        if not places:
            return
        start = min(places)
        end = source.find(signs[places[start]], start + 2)
        if end < 0:
            del signs[places[start]]
            continue
        yield start, end + 2
        here = end + 2


def _has(text, begin, end):
    start = text.find(begin)
    return start >= 0 and text.find(end, start + 2) >= 0

"""A text in one of the four formats that Moodle knows, as plain text."""

from markdown_it import MarkdownIt

from authoring.questions.formats import losses
from authoring.questions.formats.markup import Plain, from_html
from authoring.questions.rules.items import tidy
from authoring.rules import latex

HTML, MOODLE, PLAIN, MARKDOWN = "html", "moodle", "plain", "markdown"
FORMATS = (HTML, MOODLE, PLAIN, MARKDOWN)

_MARKDOWN = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
# Controls say nothing, and stop spreadsheets and XML. Line ends and tabs stay.
_CONTROLS = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 127, 0xE000, 0xE001])


def read_text(source: str, form: str) -> Plain:
    """Return the text that a source in this format says, and what was lost."""
    source = tidy(source.translate(_CONTROLS))
    if form == PLAIN:
        return Plain(source)
    found = _of_markdown(source) if form == MARKDOWN else _of_html(source, form)
    if any(latex.find_formulas(source)):
        return Plain(found.text, (*found.lost, (losses.FORMULA, "")))
    return found


def _of_html(source, form):
    return from_html(source, keeps_lines=form == MOODLE)


def _of_markdown(source):
    """Read Markdown, but keep formulas from it: there a backslash is no escape."""
    shielded = latex.Shielded(source)
    found = from_html(_MARKDOWN.render(shielded.text))
    return Plain(shielded.restored(found.text), found.lost)

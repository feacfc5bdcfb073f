"""Convert text in one of Moodle's four formats to plain text."""

from markdown_it import MarkdownIt

from authoring.questions.formats import losses
from authoring.questions.formats.markup import PlainText, html_to_plain_text
from authoring.questions.rules.items import tidy_text
from authoring.rules import latex

HTML, MOODLE, PLAIN, MARKDOWN = "html", "moodle", "plain", "markdown"
FORMATS = (HTML, MOODLE, PLAIN, MARKDOWN)

_MARKDOWN = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
# Control characters break spreadsheets and XML. Line breaks and tabs are kept.
_CONTROLS = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 127, 0xE000, 0xE001])


def plain_text_of(source: str, form: str) -> PlainText:
    """Return the plain text of a source in this format, and what was lost."""
    source = tidy_text(source.translate(_CONTROLS))
    if form == PLAIN:
        return PlainText(source)
    found = _of_markdown(source) if form == MARKDOWN else _of_html(source, form)
    if any(latex.find_formulas(source)):
        return PlainText(found.text, (*found.lost, (losses.FORMULA, "")))
    return found


def _of_html(source, form):
    return html_to_plain_text(source, keeps_lines=form == MOODLE)


def _of_markdown(source):
    """Read Markdown, protecting formulas, in which a backslash is not an escape."""
    shielded = latex.Shielded(source)
    found = html_to_plain_text(_MARKDOWN.render(shielded.text))
    return PlainText(shielded.restored(found.text), found.lost)

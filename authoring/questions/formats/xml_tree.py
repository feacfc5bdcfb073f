"""Read an untrusted XML file as a tree, with the line where each element starts."""

# Only builds the tree. The parser is defusedxml's.
from xml.etree.ElementTree import Element, ParseError, TreeBuilder

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser
from django.utils.translation import gettext as _

from authoring.questions.rules.items import BrokenQuestionsError, FormatNote


class _LinedBuilder(TreeBuilder):
    def __init__(self):
        super().__init__()
        self.lines: dict[Element, int] = {}
        self.parser = None
        self.above = 0

    @property
    def line(self):
        return self.parser.CurrentLineNumber + self.above

    def start(self, tag, attrs):
        element = super().start(tag, attrs)
        self.lines[element] = self.line
        return element


def read_tree(text: str) -> tuple[Element, dict[Element, int]]:
    """Return the root and the lines. Raises BrokenQuestionsError."""
    builder = _LinedBuilder()
    parser = DefusedXMLParser(target=builder, forbid_dtd=True)
    builder.parser = parser.parser
    # The declaration must come first, but blank lines above it count.
    builder.above = text[: len(text) - len(text.lstrip())].count("\n")
    try:
        parser.feed(text.lstrip())
        return parser.close(), builder.lines
    except DefusedXmlException as error:
        message = _("The file has entities or a DOCTYPE. Remove them.")
        raise BrokenQuestionsError([FormatNote(builder.line, message)]) from error
    except ParseError as error:
        message = _("This is not well-formed XML. Export the questions again.")
        raise BrokenQuestionsError([FormatNote(builder.line, message)]) from error


def inner_html(element: Element) -> str:
    """Return the content of the element. Unescaped HTML in it becomes markup again."""
    if not len(element):
        return element.text or ""
    pieces: list[str] = [element.text or ""]
    below = [(child, False) for child in reversed(element)]
    while below:
        child, is_done = below.pop()
        if is_done:
            pieces += [f"</{child.tag}>", child.tail or ""]
            continue
        pieces += [f"<{child.tag}>", child.text or ""]
        below.append((child, True))
        below += [(each, False) for each in reversed(child)]
    return "".join(pieces)

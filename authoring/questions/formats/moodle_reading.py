"""Moodle XML in, from anybody: refused when hostile, listed where it says more."""

from dataclasses import replace
from uuid import UUID

# Only the tree: what is read comes through defusedxml's parser.
from xml.etree.ElementTree import Element, ParseError, TreeBuilder

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser
from django.utils.translation import gettext as _

from authoring.questions.formats.moodle_values import from_html
from authoring.questions.items import (
    MULTIPLE,
    SINGLE,
    TRUE_FALSE,
    BrokenQuestionsError,
    Item,
    Note,
    Option,
    Parsed,
    read_tags,
    tidy,
)
from quizzes.soundness import ORDERING

_TYPES = ("multichoice", "truefalse", "ordering")
_READ = {"name", "questiontext", "generalfeedback", "idnumber", "answer", "tags"}
_READ |= {"single"}
_FULL = 99.9


def read(text: str) -> Parsed:
    """Return the questions. Raises BrokenQuestionsError."""
    root, lines = _tree(text)
    if root.tag != "quiz":
        message = _("This is XML, but no Moodle quiz: export it from a question bank.")
        raise BrokenQuestionsError([Note(1, message)])
    reader = _Reader(lines)
    for element in root:
        reader.entry(element)
    if reader.problems:
        raise BrokenQuestionsError(reader.problems)
    return Parsed(tuple(reader.items), tuple(reader.all_notes()), reader.lesson_key)


class _LinedBuilder(TreeBuilder):
    """Builds the tree and remembers on which line each element begins."""

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


def _tree(text):
    builder = _LinedBuilder()
    parser = DefusedXMLParser(target=builder, forbid_dtd=True)
    builder.parser = parser.parser
    # A declaration must come first; blank lines above it still count.
    builder.above = text[: len(text) - len(text.lstrip())].count("\n")
    try:
        parser.feed(text.lstrip())
        return parser.close(), builder.lines
    except DefusedXmlException as error:
        message = _("The file defines entities or a DOCTYPE: take that out.")
        raise BrokenQuestionsError([Note(builder.line, message)]) from error
    except ParseError as error:
        message = _("This is not well-formed XML: export the questions anew.")
        raise BrokenQuestionsError([Note(builder.line, message)]) from error


class _Reader:
    def __init__(self, lines):
        self.lines = lines
        self.items: list[Item] = []
        self.notes: list[Note] = []
        self.problems: list[Note] = []
        self.settings: set[str] = set()
        self.lesson_key: UUID | None = None

    def all_notes(self):
        """Yield the notes by line; settings are named once for the whole file."""
        yield from sorted(self.notes)
        if self.settings:
            names = ", ".join(sorted(self.settings))
            message = _("How Moodle shows and weighs questions is not kept: %(names)s.")
            yield Note(1, message % {"names": names})

    def note(self, element, message, **values):
        self.notes.append(Note(self.lines[element], message % values))

    def entry(self, element):
        kind = element.get("type", "")
        if element.tag != "question":
            self.note(element, _("“%(name)s” is not kept."), name=element.tag)
        elif kind == "category":
            self.category(element)
        elif kind in _TYPES:
            self.items.append(self.item(element, kind))
        else:
            message = _("A question of the type “%(kind)s” is left out: “%(name)s”.")
            name = element.findtext("name/text", "").strip()
            self.note(element, message, kind=kind, name=name)

    def category(self, element):
        self.lesson_key = _uuid(element.findtext("idnumber", ""))
        if not self.lesson_key:
            name = element.findtext("category/text", "")
            self.note(element, _("The category “%(name)s” is not kept."), name=name)

    def item(self, element, kind):
        tags = self.tags(element)
        self.others(element)
        ours = self.kind(element, kind, tags.kind)
        options = tuple(self.option(a, ours) for a in element.findall("answer"))
        if kind == "truefalse":
            options = tuple(replace(o, text=o.text.capitalize()) for o in options)
        return Item(
            kind=ours,
            stem=self.text(element.find("questiontext")),
            options=options,
            handle=tidy(element.findtext("name/text", "")),
            key=_uuid(element.findtext("idnumber", "")),
            feedback=self.text(element.find("generalfeedback")),
            critical=tags.critical,
            sources=tags.sources,
            answered_in=tags.answered_in,
            standing=tags.standing,
            line=self.lines[element],
        )

    def kind(self, element, kind, tagged):
        if kind == "truefalse":
            return TRUE_FALSE
        if kind == "ordering":
            return ORDERING
        single = element.findtext("single", "true").strip().lower() in ("true", "1")
        return tagged or (SINGLE if single else MULTIPLE)

    def tags(self, element):
        texts = [tidy(t.findtext("text", "")) for t in element.findall("tags/tag")]
        tags = read_tags(filter(None, texts))
        for tag in tags.unknown:
            self.note(element, _("The tag “%(tag)s” is not kept."), tag=tag)
        idnumber = element.findtext("idnumber", "").strip()
        if idnumber and not _uuid(idnumber):
            message = _("The id number “%(id)s” is not kept.")
            self.note(element, message, id=idnumber)
        return tags

    def others(self, element):
        """Note what the question holds besides; settings are gathered."""
        for child in element:
            if child.tag in _READ:
                continue
            text = child.find("text")
            if text is None and len(child) == 0:
                self.settings.add(child.tag)
            elif text is None or tidy(text.text or ""):
                self.note(child, _("“%(name)s” is not kept."), name=child.tag)

    def option(self, answer, kind):
        fraction = self.fraction(answer)
        is_part = 0 < fraction < _FULL or fraction < 0
        if kind in (SINGLE, TRUE_FALSE) and is_part:
            self.note(answer, _("Part of a mark is not kept."))
        return Option(
            text=self.text(answer),
            right=kind != ORDERING and fraction > 0,
            feedback=self.text(answer.find("feedback")),
        )

    def fraction(self, answer):
        try:
            return float(answer.get("fraction", "0"))
        except ValueError:
            message = _("“fraction” must be a number.")
            self.problems.append(Note(self.lines[answer], message))
            return 0.0

    def text(self, element):
        """Return the words of what holds a `text`; pictures and markup are noted."""
        if element is None:
            return ""
        if element.find("file") is not None:
            self.note(element, _("Pictures and files are not kept."))
        text = element.findtext("text", "")
        if element.get("format", "html") not in ("html", "moodle_auto_format"):
            return tidy(text)
        plain, lost = from_html(text)
        if lost:
            tags = ", ".join(lost)
            self.note(element, _("Markup is not kept: %(tags)s."), tags=tags)
        return plain


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text.strip())
    except ValueError:
        return None

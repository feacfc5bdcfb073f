"""Read Moodle XML. Files come from anybody, so hostile ones are rejected."""

from dataclasses import replace
from uuid import UUID
from xml.etree.ElementTree import Element  # Only the type.

from django.utils.translation import gettext as _

from authoring.questions.formats import losses, moodle_question
from authoring.questions.formats.gift_text import UnreadableQuestion
from authoring.questions.formats.losses import Losses
from authoring.questions.formats.shapes import MOODLE_TYPES
from authoring.questions.formats.xml_tree import read_tree
from authoring.questions.rules.items import (
    BrokenQuestionsError,
    ExchangedItem,
    FormatNote,
    ParsedQuestions,
    uuid_in,
)


def read_moodle_xml(text: str) -> ParsedQuestions:
    """Return the questions, and notes on losses and questions that cannot be read.

    Raises BrokenQuestionsError if none can be read.
    """
    root, lines = read_tree(text)
    if root.tag != "quiz":
        message = _(
            "This XML file is not a Moodle quiz. Export the questions from a question "
            "bank."
        )
        raise BrokenQuestionsError([FormatNote(1, message)])
    reader = _MoodleXmlReader(lines)
    for element in root:
        reader.entry(element)
    if reader.broken and not reader.items:
        raise BrokenQuestionsError(reader.broken)
    notes = sorted([*reader.broken, *reader.losses.notes()])
    return ParsedQuestions(tuple(reader.items), tuple(notes), reader.lesson_key)


class _MoodleXmlReader:
    def __init__(self, lines):
        self.lines = lines
        self.items: list[ExchangedItem] = []
        self.losses = Losses()
        self.broken: list[FormatNote] = []
        self.lesson_key: UUID | None = None

    def entry(self, element: Element):
        kind = element.get("type", "")
        if element.tag != "question":
            self.lose(losses.PARTS, "", element, element.tag)
        elif kind == "category":
            self.category(element)
        elif kind in MOODLE_TYPES:
            self.question(element)
        else:
            self.lose(losses.TYPES, self.name_of(element), element, kind)

    def lose(self, loss, name, element, detail):
        self.losses.add(loss, self.lines[element], losses.first_words(name), [detail])

    def name_of(self, element):
        name = element.findtext("name/text", "").strip()
        return name or element.findtext("questiontext/text", "")

    def category(self, element):
        self.lesson_key = uuid_in(element.findtext("idnumber", ""))
        if not self.lesson_key:
            name = losses.first_words(element.findtext("category/text", ""))
            self.lose(losses.CATEGORIES, "", element, f"“{name}”")

    def question(self, element):
        line = self.lines[element]
        try:
            read, tagged, lost = moodle_question.read_moodle_question(element)
        except UnreadableQuestion as error:
            message = _("“%(words)s” is left out. %(problem)s")
            words = losses.first_words(self.name_of(element))
            text = message % {"words": words, "problem": error}
            self.broken.append(FormatNote(line, text))
        else:
            item = replace(read, line=line)
            self.items.append(losses.item_with_losses(item, tagged, lost, self.losses))

"""Write Moodle XML with feedback, ids and tags. `moodle_reading` reads it."""

from collections.abc import Sequence
from uuid import UUID

# Only used for writing. Uploaded files are read with defusedxml.
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from django.utils.translation import gettext as _

from authoring.questions.formats.shapes import shape_of
from authoring.questions.formats.writing import (
    losses_in_moodle,
    notes_of_losses,
    tags_of,
)
from authoring.questions.formats.xml_writing import add_text, add_value, xml_safe
from authoring.questions.rules.items import ExchangedItem, WrittenQuestions


def write_moodle_xml(
    items: Sequence[ExchangedItem], *, title: str, lesson_key: UUID
) -> WrittenQuestions:
    """Return the questions as a Moodle quiz, in a category with the lesson's title."""
    quiz = Element("quiz")
    category = SubElement(quiz, "question", type="category")
    add_text(category, "category", f"$course$/top/{title.replace('/', '//')}")
    add_value(category, "idnumber", str(lesson_key))
    for item in items:
        if not shape_of(item).is_unsayable(item):
            _question(quiz, item)
    notes = [
        _("Ids of options. Options of imported questions get new ids."),
        *notes_of_losses((item, loss) for item in items for loss in _losses(item)),
    ]
    indent(quiz)
    xml = tostring(quiz, encoding="unicode")
    return WrittenQuestions(
        f'<?xml version="1.0" encoding="UTF-8"?>\n{xml}\n', tuple(notes)
    )


def _losses(item):
    yield from losses_in_moodle(item)
    texts = [item.stem, item.feedback]
    texts += [text for o in item.options for text in (o.text, o.match, o.feedback)]
    if any(text != xml_safe(text) for text in texts):
        yield _("Invisible characters that XML does not allow are removed")


def _question(quiz, item):
    shape = shape_of(item)
    element = SubElement(quiz, "question", type=shape.moodle_type(item))
    add_text(element, "name", item.handle)
    add_text(element, "questiontext", item.stem, format="plain_text")
    add_text(element, "generalfeedback", item.feedback, format="plain_text")
    add_value(element, "idnumber", str(item.key))
    shape.write_xml(element, item)
    tags = SubElement(element, "tags")
    for tag in tags_of(item):
        add_text(tags, "tag", tag)

"""Moodle XML: all kinds, with feedback, ids and tags. It is read in `moodle_reading`."""

from collections.abc import Sequence
from uuid import UUID

# Only to write: files of others are read with defusedxml.
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from django.utils.translation import gettext as _

from authoring.questions.formats.moodle_reading import read
from authoring.questions.formats.shapes import shape_of
from authoring.questions.formats.writing import losses_in_moodle, noted, tags_of
from authoring.questions.formats.xml_writing import add_text, add_value, sayable
from authoring.questions.rules.items import Item, Written

__all__ = ["read", "write"]


def write(items: Sequence[Item], *, title: str, lesson_key: UUID) -> Written:
    """Return the questions as a Moodle quiz in a category named like the lesson."""
    quiz = Element("quiz")
    category = SubElement(quiz, "question", type="category")
    add_text(category, "category", f"$course$/top/{title.replace('/', '//')}")
    add_value(category, "idnumber", str(lesson_key))
    for item in items:
        if not shape_of(item).is_unsayable(item):
            _question(quiz, item)
    notes = [
        _("The ids of options: an imported question has new ones."),
        *noted((item, loss) for item in items for loss in _losses(item)),
    ]
    indent(quiz)
    xml = tostring(quiz, encoding="unicode")
    return Written(f'<?xml version="1.0" encoding="UTF-8"?>\n{xml}\n', tuple(notes))


def _losses(item):
    yield from losses_in_moodle(item)
    texts = [item.stem, item.feedback]
    texts += [text for o in item.options for text in (o.text, o.feedback)]
    if any(text != sayable(text) for text in texts):
        yield _("Invisible characters that XML cannot hold are taken out")


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

"""Moodle XML: all kinds, with feedback, ids and tags. It is read in `moodle_reading`."""

from collections.abc import Sequence
from uuid import UUID

# Only to write: files of others are read with defusedxml.
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from django.utils.translation import gettext as _

from authoring.questions.formats import moodle_values
from authoring.questions.formats.moodle_reading import read
from authoring.questions.formats.moodle_values import COMBINED_FEEDBACK
from authoring.questions.items import (
    MULTIPLE,
    TRUE_FALSE,
    Item,
    Written,
    is_plain_true_false,
    tags_of,
)
from quizzes.soundness import ORDERING

__all__ = ["read", "write"]

# What XML has no way to say, whatever is done.
_UNSAYABLE = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF])
_UNSAYABLE |= dict.fromkeys(range(0xD800, 0xE000))


def write(items: Sequence[Item], *, title: str, lesson_key: UUID) -> Written:
    """Return the questions as a Moodle quiz in a category named like the lesson."""
    quiz = Element("quiz")
    category = SubElement(quiz, "question", type="category")
    _text(category, "category", f"$course$/top/{title.replace('/', '//')}")
    SubElement(category, "idnumber").text = str(lesson_key)
    for item in items:
        if not moodle_values.has_too_many(item):
            _question(quiz, item)
    notes = [
        _("The ids of options: an imported question has new ones."),
        *moodle_values.noted((item, loss) for item in items for loss in _losses(item)),
    ]
    indent(quiz)
    xml = tostring(quiz, encoding="unicode")
    return Written(f'<?xml version="1.0" encoding="UTF-8"?>\n{xml}\n', tuple(notes))


def _losses(item):
    yield from moodle_values.losses(item)
    texts = [item.stem, item.feedback]
    texts += [text for o in item.options for text in (o.text, o.feedback)]
    if any(text != text.translate(_UNSAYABLE) for text in texts):
        yield _("Invisible characters that XML cannot hold are taken out")


def _question(quiz, item):
    element = SubElement(quiz, "question", type=_type(item))
    _text(element, "name", item.handle)
    _text(element, "questiontext", item.stem, format="plain_text")
    _text(element, "generalfeedback", item.feedback, format="plain_text")
    SubElement(element, "idnumber").text = str(item.key)
    if _type(item) == "multichoice":
        SubElement(element, "single").text = str(item.kind != MULTIPLE).lower()
        shuffle = str(item.kind != TRUE_FALSE).lower()
        SubElement(element, "shuffleanswers").text = shuffle
    if item.kind == ORDERING:
        _ordering_settings(element, item)
    for place, option in enumerate(item.options, start=1):
        _answer(element, item, option, place)
    tags = SubElement(element, "tags")
    for tag in tags_of(item):
        _text(tags, "tag", tag)


def _type(item):
    if item.kind == ORDERING:
        return "ordering"
    return "truefalse" if is_plain_true_false(item) else "multichoice"


def _ordering_settings(element, item):
    """Write what `qtype_ordering` writes from Moodle 4.4 on, in its order.

    Where `shownumcorrect` is missing, Moodle makes up hints without a format, and its
    database refuses the question and all that follow.
    """
    settings = {
        "layouttype": "VERTICAL",
        "selecttype": "ALL",
        "selectcount": str(len(item.options)),
        "gradingtype": "ALL_OR_NOTHING",
        "showgrading": "HIDE",
        "numberingstyle": "none",
    }
    for name, value in settings.items():
        SubElement(element, name).text = value
    for name in COMBINED_FEEDBACK:
        _text(element, name, "", format="html")
    SubElement(element, "shownumcorrect").text = "1"


def _answer(element, item, option, place):
    fraction = str(place) if item.kind == ORDERING else _fraction(item, option)
    answer = SubElement(element, "answer", fraction=fraction, format="plain_text")
    text = option.text.lower() if _type(item) == "truefalse" else option.text
    SubElement(answer, "text").text = text.translate(_UNSAYABLE)
    _text(answer, "feedback", option.feedback, format="plain_text")


def _fraction(item, option):
    if item.kind == MULTIPLE:
        return moodle_values.share(item) if option.right else "-100"
    return "100" if option.right else "0"


def _text(parent, name, text, **attributes):
    element = SubElement(parent, name, attributes)
    SubElement(element, "text").text = text.translate(_UNSAYABLE)

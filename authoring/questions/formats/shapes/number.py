"""A number within a tolerance: Moodle's numerical."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from xml.etree.ElementTree import Element, SubElement  # Only to write.

from django.utils.translation import gettext as _

from authoring.questions.formats import losses
from authoring.questions.formats.gift_text import (
    UnreadableQuestion,
    answers_in,
    split_feedback,
    unescape_gift,
)
from authoring.questions.formats.moodle_values import FULL, weight_of
from authoring.questions.formats.question_shape import (
    QuestionReader,
    QuestionShape,
    ReadAnswers,
)
from authoring.questions.formats.xml_writing import add_answer, add_value
from authoring.questions.rules.items import ExchangedItem, ExchangedOption
from quizzes.rules.numbers import decimal_text, readings_of, unambiguous_text

KIND = "numeric"
_NUMBER = re.compile(r"[+-]?\d{1,20}(?:\.\d{0,20})?(?:[eE][+-]?\d{1,2})?\Z")
_RANGE = re.compile(r"\s*(.+?)\.\.(.+)\Z", re.DOTALL)
_UNIT_TAG = re.compile(r"[^\]\n]{1,40}\Z")


@dataclass(frozen=True)
class NumberAnswer:
    """An answer in a file: its weight in per cent, value, tolerance and feedback."""

    weight: float
    value: str
    tolerance: str
    feedback: str


class NumberShape(QuestionShape):
    moodle_types = ("numerical",)
    moodle_parts = frozenset({"units"})

    def moodle_type(self, item: ExchangedItem) -> str:
        return "numerical"

    def tags(self, item: ExchangedItem) -> list[str]:
        return [f"unit:{item.unit}"] if _UNIT_TAG.match(item.unit) else []

    def gift_losses(self, item: ExchangedItem) -> Iterator[str]:
        if item.unit:
            yield _("GIFT has no units, so only Anteroom can read the unit back")

    # Moodle XML

    def write_xml(self, element: Element, item: ExchangedItem) -> None:
        answer = add_answer(element, "100", _value(item), "")
        add_value(answer, "tolerance", _tolerance(item))
        if item.unit:
            unit = SubElement(SubElement(element, "units"), "unit")
            add_value(unit, "multiplier", "1")
            add_value(unit, "unit_name", item.unit)
        # With these settings of `qtype_numerical` a unit may be typed but is not
        # marked.
        add_value(element, "unitgradingtype", "0")
        add_value(element, "unitpenalty", "0.1")
        add_value(element, "showunits", "0" if item.unit else "3")
        add_value(element, "unitsleft", "0")

    def read_xml(self, element: Element, reader: QuestionReader) -> ReadAnswers:
        answers = [
            NumberAnswer(
                weight_of(answer),
                reader.text(answer),
                answer.findtext("tolerance", "0"),
                reader.text(answer.find("feedback")),
            )
            for answer in element.findall("answer")
        ]
        units = [u.strip() for u in _units(element) if u.strip()]
        if len(units) > 1:
            reader.lost.append((losses.UNITS, ", ".join(units)))
        unit = units[0] if units else reader.tagged_unit
        return _read(answers, unit, reader)

    # GIFT

    def write_gift(self, item: ExchangedItem) -> str:
        return f"#{_value(item)}:{_tolerance(item)}"

    def read_gift(self, source: str, reader: QuestionReader) -> ReadAnswers | None:
        if not source.strip().startswith("#"):
            return None
        inside = source.strip()[1:].strip()
        answers = inside if inside[:1] in ("=", "~") else f"={inside}"
        found = [_gift_answer(each, reader) for each in answers_in(answers)]
        return _read(found, reader.tagged_unit, reader)


def _value(item: ExchangedItem) -> str:
    return decimal_text(readings_of(item.options[0].text)[0])


def _tolerance(item: ExchangedItem) -> str:
    return decimal_text(readings_of(item.tolerance or "0")[0])


def _units(element: Element) -> list[str]:
    return [u.findtext("unit_name", "") for u in element.iterfind("units/unit")]


def _gift_answer(answer, reader: QuestionReader) -> NumberAnswer:
    text, why = split_feedback(answer.text)
    value, _colon, tolerance = unescape_gift(text).partition(":")
    if between := _RANGE.match(value):
        low, high = (_number(each) for each in between.groups())
        value, tolerance = (
            decimal_text((low + high) / 2),
            decimal_text((high - low) / 2),
        )
    return NumberAnswer(answer.weight, value.strip(), tolerance, reader.text(why))


def _read(
    answers: list[NumberAnswer], unit: str, reader: QuestionReader
) -> ReadAnswers:
    right = [answer for answer in answers if answer.weight >= FULL]
    others = [answer.value or "*" for answer in answers if answer not in right]
    if len(right) != 1 or right[0].value == "*":
        raise UnreadableQuestion(_("Give exactly one number as the right answer."))
    if others:
        reader.lost.append((losses.ANSWERS, ", ".join(others)))
    tolerance = _number(right[0].tolerance or "0")
    return ReadAnswers(
        kind=KIND,
        options=(ExchangedOption(unambiguous_text(_number(right[0].value))),),
        tolerance=unambiguous_text(tolerance) if tolerance else "",
        unit=unit,
        feedback=right[0].feedback,
    )


def _number(text: str) -> Fraction:
    """Return the number as Moodle reads it, with a point and optional exponent."""
    plain = text.strip().replace(",", ".")
    number = Fraction(plain) if _NUMBER.match(plain) else None
    if number is None or readings_of(unambiguous_text(number)) != [number]:
        message = _("“%(text)s” is not a number.") % {"text": losses.first_words(text)}
        raise UnreadableQuestion(message)
    return number

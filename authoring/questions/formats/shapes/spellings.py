"""A typed word with its accepted spellings: Moodle's shortanswer."""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element  # Only the type.

from django.utils.translation import gettext as _

from authoring.questions.formats import losses
from authoring.questions.formats.gift_text import (
    ARROW,
    ARROW_LOST,
    UnreadableQuestion,
    answers_in,
    signs_in,
    split_feedback,
    without_arrow,
)
from authoring.questions.formats.moodle_values import FULL, weight_of
from authoring.questions.formats.question_shape import (
    QuestionReader,
    QuestionShape,
    ReadAnswers,
)
from authoring.questions.formats.xml_writing import add_answer, add_value
from authoring.questions.rules.items import ExchangedItem, ExchangedOption

KIND = "short_text"
# In Moodle an asterisk is a wildcard unless it follows a backslash:
# https://docs.moodle.org/en/Short-Answer_question_type
_WILD = re.compile(r"(?<!\\)\*")


class SpellingsShape(QuestionShape):
    moodle_types = ("shortanswer",)
    moodle_parts = frozenset({"usecase"})

    def moodle_type(self, item: ExchangedItem) -> str:
        return "shortanswer"

    def losses(self, item: ExchangedItem) -> Iterator[str]:
        yield _("Moodle accepts accents and hyphens only as listed")

    def gift_losses(self, item: ExchangedItem) -> Iterator[str]:
        if any(ARROW in option.text for option in item.options):
            yield ARROW_LOST

    # Moodle XML

    def write_xml(self, element: Element, item: ExchangedItem) -> None:
        add_value(element, "usecase", "0")
        for option in item.options:
            add_answer(element, "100", _literal(option.text), "")

    def read_xml(self, element: Element, reader: QuestionReader) -> ReadAnswers:
        if element.findtext("usecase", "0").strip() == "1":
            reader.lost.append((losses.CAPITALS, ""))
        answers = [
            (weight_of(a), reader.text(a), reader.text(a.find("feedback")))
            for a in element.findall("answer")
        ]
        return _read(answers, reader)

    # GIFT

    def write_gift(self, item: ExchangedItem) -> str:
        return "".join(
            f"\n=%100%{without_arrow(_literal(o.text))}" for o in item.options
        )

    def read_gift(self, source: str, reader: QuestionReader) -> ReadAnswers | None:
        if signs_in(source) != {"="}:
            return None
        answers = []
        for answer in answers_in(source):
            text, why = split_feedback(answer.text)
            answers.append((answer.weight, reader.text(text), reader.text(why)))
        return _read(answers, reader)


def _literal(text: str) -> str:
    """Return the spelling with its asterisks escaped."""
    return text.replace("*", "\\*")


def _read(answers: list[tuple[float, str, str]], reader) -> ReadAnswers:
    """Return the spellings with full marks, given weights, texts and feedback."""
    right = [(text, why) for weight, text, why in answers if weight >= FULL]
    others = [text for weight, text, _why in answers if weight < FULL]
    if not right:
        raise UnreadableQuestion(_("Give at least one answer full marks."))
    if others:
        reader.lost.append((losses.ANSWERS, ", ".join(others)))
    if wild := [text for text, _why in right if _WILD.search(text)]:
        reader.lost.append((losses.WILDCARD, ", ".join(wild)))
    reasons = list(dict.fromkeys(why for _text, why in right if why))
    if len(reasons) > 1:
        reader.lost.append((losses.ON_ANSWERS, ""))
    options = tuple(ExchangedOption(text.replace("\\*", "*")) for text, _why in right)
    return ReadAnswers(KIND, options, feedback="".join(reasons[:1]))

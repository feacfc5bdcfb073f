"""Pairs that belong together: Moodle's matching."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element, SubElement  # Only to write.

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
from authoring.questions.formats.moodle_values import COMBINED_FEEDBACK
from authoring.questions.formats.question_shape import (
    QuestionReader,
    QuestionShape,
    ReadAnswers,
)
from authoring.questions.formats.texts import PLAIN
from authoring.questions.formats.xml_writing import add_text, add_value
from authoring.questions.rules.items import ExchangedItem, ExchangedOption

KIND = "matching"


class PairsShape(QuestionShape):
    moodle_types = ("matching",)
    moodle_parts = frozenset({"subquestion"})

    def moodle_type(self, item: ExchangedItem) -> str:
        return "matching"

    def losses(self, item: ExchangedItem) -> Iterator[str]:
        yield _(
            "Moodle gives part of the marks for each right pair, but Anteroom does not"
        )
        if len(item.options) < 3:
            yield _(
                "Moodle needs at least three pairs, and stops the import if there "
                "are fewer"
            )

    def gift_losses(self, item: ExchangedItem) -> Iterator[str]:
        texts = [text for o in item.options for text in (o.text, o.match)]
        if any(ARROW in text for text in texts):
            yield ARROW_LOST

    # Moodle XML

    def write_xml(self, element: Element, item: ExchangedItem) -> None:
        add_value(element, "shuffleanswers", "true")
        for name in COMBINED_FEEDBACK:
            add_text(element, name, "", format="html")
        for option in item.options:
            pair = SubElement(element, "subquestion", format="plain_text")
            add_value(pair, "text", option.text)
            add_text(pair, "answer", option.match)

    def read_xml(self, element: Element, reader: QuestionReader) -> ReadAnswers:
        pairs = [
            # In Moodle the answers to choose from contain no markup.
            ExchangedOption(
                reader.text(pair), match=reader.text(pair.find("answer"), PLAIN)
            )
            for pair in element.findall("subquestion")
        ]
        return _read(pairs)

    # GIFT

    def write_gift(self, item: ExchangedItem) -> str:
        return "".join(f"\n={_gift_pair(option)}" for option in item.options)

    def read_gift(self, source: str, reader: QuestionReader) -> ReadAnswers | None:
        if signs_in(source) != {"="} or ARROW not in source:
            return None
        return _read([_read_pair(each.text, reader) for each in answers_in(source)])


def _gift_pair(option: ExchangedOption) -> str:
    return f"{without_arrow(option.text)} {ARROW} {without_arrow(option.match)}"


def _read_pair(source: str, reader: QuestionReader) -> ExchangedOption:
    pair, why = split_feedback(source)
    text, arrow, match = pair.partition(ARROW)
    if not arrow:
        message = _("Separate the two parts of each pair with “->”.")
        raise UnreadableQuestion(message)
    if why.strip():
        reader.lost.append((losses.ON_ANSWERS, ""))
    return ExchangedOption(reader.text(text), match=reader.text(match, PLAIN))


def _read(pairs: list[ExchangedOption]) -> ReadAnswers:
    if not any(pair.text for pair in pairs) or not all(pair.match for pair in pairs):
        raise UnreadableQuestion(_("Every text needs something that it matches."))
    return ReadAnswers(KIND, tuple(pairs))

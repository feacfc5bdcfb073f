"""Options, some of them right: Moodle's multichoice and truefalse."""

import re
from collections.abc import Iterator
from dataclasses import replace
from xml.etree.ElementTree import Element  # Only the type.

from django.utils.translation import gettext as _

from authoring.questions.formats import losses
from authoring.questions.formats.gift_text import (
    GiftAnswer,
    answers_in,
    escape_gift,
    split_feedback,
)
from authoring.questions.formats.moodle_values import FULL, weight_of
from authoring.questions.formats.question_shape import (
    QuestionReader,
    QuestionShape,
    ReadAnswers,
)
from authoring.questions.formats.xml_writing import add_answer, add_value
from authoring.questions.rules.items import (
    MULTIPLE,
    SINGLE,
    TRUE_FALSE,
    ExchangedItem,
    ExchangedOption,
)
from quizzes.kinds import kind_named

# Moodle's smallest mark is 10 %, so it cannot give a mark for more right options.
MOST_RIGHT = 10
_TRUTH = re.compile(r"\s*(T|TRUE|F|FALSE)\s*(?:#(.*))?\Z", re.DOTALL | re.IGNORECASE)


class ChoicesShape(QuestionShape):
    moodle_types = ("multichoice", "truefalse")
    moodle_parts = frozenset({"single"})

    def moodle_type(self, item: ExchangedItem) -> str:
        return "truefalse" if is_plain_true_false(item) else "multichoice"

    def tags(self, item: ExchangedItem) -> list[str]:
        is_plain = item.kind == _kind_without_tag(item)
        return [] if is_plain else [f"kind:{item.kind.replace('_', '-')}"]

    def is_unsayable(self, item: ExchangedItem) -> bool:
        right = sum(option.right for option in item.options)
        return item.kind == MULTIPLE and right > MOST_RIGHT

    def losses(self, item: ExchangedItem) -> Iterator[str]:
        if self.is_unsayable(item):
            yield _("Left out, because Moodle cannot mark more than ten right options")
        elif item.kind == MULTIPLE:
            yield _(
                "Moodle gives part of the marks for some of the right options; "
                "Anteroom does not"
            )
        if item.kind not in {SINGLE, MULTIPLE} and not is_plain_true_false(item):
            yield _(
                "Moodle shows these as single choice, because they have their own "
                "wording"
            )

    # Moodle XML

    def write_xml(self, element: Element, item: ExchangedItem) -> None:
        is_truth, kind = is_plain_true_false(item), kind_named(item.kind)
        if not is_truth:
            add_value(element, "single", str(item.kind != MULTIPLE).lower())
            add_value(element, "shuffleanswers", str(kind.is_shuffled).lower())
        for option in item.options:
            text = option.text.lower() if is_truth else option.text
            add_answer(element, _fraction(item, option), text, option.feedback)

    def read_xml(self, element: Element, reader: QuestionReader) -> ReadAnswers:
        kind = _kind_in(element, reader.tagged_kind)
        answers = element.findall("answer")
        weights = [weight_of(answer) for answer in answers]
        if kind == MULTIPLE:
            reader.lost += losses.of_weights(weights)
        options = tuple(
            ExchangedOption(
                text=_words(reader.text(answer), weight, kind, reader),
                right=weight > 0 if kind == MULTIPLE else weight >= FULL,
                feedback=reader.text(answer.find("feedback")),
            )
            for answer, weight in zip(answers, weights, strict=True)
        )
        if element.get("type") == "truefalse":
            options = tuple(replace(o, text=o.text.capitalize()) for o in options)
        return ReadAnswers(kind, options)

    # GIFT

    def write_gift(self, item: ExchangedItem) -> str:
        if is_plain_true_false(item):
            return _truth(item)
        return "".join(f"\n{_gift_option(item, option)}" for option in item.options)

    def read_gift(self, source: str, reader: QuestionReader) -> ReadAnswers:
        if truth := _TRUTH.match(source):
            return ReadAnswers(TRUE_FALSE, _truths(truth, reader))
        answers = answers_in(source)
        is_single = any(answer.sign == "=" for answer in answers)
        kind = SINGLE if is_single else MULTIPLE
        if not is_single:
            reader.lost += losses.of_weights([answer.weight for answer in answers])
        options = tuple(_read_option(answer, kind, reader) for answer in answers)
        return ReadAnswers(reader.tagged_kind or kind, options)


def is_plain_true_false(item: ExchangedItem) -> bool:
    """Return whether the format's own true/false question expresses the same."""
    return (
        item.kind == TRUE_FALSE
        and [option.text for option in item.options] == ["True", "False"]
        and sum(option.right for option in item.options) == 1
    )


def _kind_without_tag(item: ExchangedItem) -> str:
    """Return the kind that a reader takes the question for if no tag names it."""
    if is_plain_true_false(item):
        return TRUE_FALSE
    right = sum(option.right for option in item.options)
    return SINGLE if right == 1 and item.kind != MULTIPLE else MULTIPLE


def _kind_in(element: Element, tagged: str) -> str:
    if element.get("type") == "truefalse":
        return TRUE_FALSE
    single = element.findtext("single", "true").strip().lower()
    return tagged or (SINGLE if single in ("true", "1") else MULTIPLE)


def _words(words: str, weight: float, kind: str, reader: QuestionReader) -> str:
    """Return the words, and record a part mark as lost if only one option is right."""
    if kind != MULTIPLE and (0 < weight < FULL or weight < 0):
        reader.lost.append((losses.PART, words))
    return words


def _share(item: ExchangedItem) -> str:
    """Return the percentage that Moodle gives for each right option."""
    right = sum(option.right for option in item.options) or 1
    return f"{100 / right:.5f}".rstrip("0").rstrip(".")


def _fraction(item: ExchangedItem, option: ExchangedOption) -> str:
    if item.kind == MULTIPLE:
        return _share(item) if option.right else "-100"
    return "100" if option.right else "0"


def _truth(item: ExchangedItem) -> str:
    """Return the right word, then the feedback for the wrong and the right answer."""
    right = next(option for option in item.options if option.right)
    wrong = next(option for option in item.options if not option.right)
    why = [escape_gift(wrong.feedback), escape_gift(right.feedback)]
    feedback = f"#{why[0]}#{why[1]}" if any(why) else ""
    return right.text.upper() + feedback


def _truths(
    truth: re.Match[str], reader: QuestionReader
) -> tuple[ExchangedOption, ...]:
    wrong, right = split_feedback(truth[2] or "")
    is_true = truth[1].upper().startswith("T")
    feedback = {is_true: right, not is_true: wrong}
    return tuple(
        ExchangedOption(name, value == is_true, reader.text(feedback[value]))
        for name, value in (("True", True), ("False", False))
    )


def _gift_option(item: ExchangedItem, option: ExchangedOption) -> str:
    sign = "=" if option.right and item.kind != MULTIPLE else "~"
    why = f"#{escape_gift(option.feedback)}" if option.feedback else ""
    return f"{sign}{_gift_weight(item, option)}{escape_gift(option.text)}{why}"


def _gift_weight(item: ExchangedItem, option: ExchangedOption) -> str:
    """Return the weight if needed, which includes text that looks like a weight."""
    if item.kind == MULTIPLE or option.text.startswith("%"):
        return f"%{_fraction(item, option)}%"
    return ""


def _read_option(
    answer: GiftAnswer, kind: str, reader: QuestionReader
) -> ExchangedOption:
    text, why = split_feedback(answer.text)
    words = _words(reader.text(text), answer.weight, kind, reader)
    is_right = answer.weight > 0 if kind == MULTIPLE else answer.weight >= FULL
    return ExchangedOption(words, is_right, reader.text(why))

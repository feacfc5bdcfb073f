"""A number to type, right within a tolerance. The option holds the right number."""

import re
from collections.abc import Hashable, Iterable, Iterator, Sequence
from fractions import Fraction

from quizzes.rules.numbers import decimal_text, readings_of, text_written_like
from quizzes.rules.paper import FrozenQuestion, Response
from quizzes.rules.posted_answers import Posted, UnusableAnswer
from quizzes.rules.posted_answers import collect_for_translation as _
from quizzes.rules.question_kind import Flaw
from quizzes.rules.typed_answers import TypedKind

_COUNTS = re.compile(r"\bhow (many|often|much)\b|\bper ?cent\b|%", re.IGNORECASE)


class Numeric(TypedKind):
    label = _("Number")
    hint = _("Enter a number, such as 3 or 3.5.")
    for_authors = _(
        "Give the right number as the only option. “Tolerance” is how far off an "
        "answer can be and still be right. “Unit” is shown next to the number. "
        "Explain in “Feedback” why it is this number."
    )
    shape = "number"
    question_fields = frozenset({"tolerance", "unit"})
    option_counts = (1, 1)
    why_missing = _("explain in “Feedback” why it is this number.")

    def read(self, posted: Posted, question: FrozenQuestion) -> Response:
        response = super().read(posted, question)
        if not readings_of(response.text, question.unit):
            raise UnusableAnswer(
                _("Enter a number, such as 3 or 3.5, or choose “I'm not sure yet”.")
            )
        return response

    def is_right(self, question: FrozenQuestion, response: Response) -> bool:
        value, tolerance = _value(question), _tolerance(question)
        given = readings_of(response.text, question.unit)
        return value is not None and any(
            abs(number - value) <= tolerance for number in given
        )

    def key(self, question: FrozenQuestion) -> Hashable:
        return _value(question), _tolerance(question), question.unit.casefold()

    def right_answer(self, question: FrozenQuestion) -> Hashable:
        return self.key(question)

    def wrong_responses(self, question: FrozenQuestion) -> Sequence[Response]:
        value, beyond = _value(question) or 0, _tolerance(question) + 1
        off = (value + beyond, value - beyond)
        return [Response(text=decimal_text(number)) for number in off]

    def in_words(self, question: FrozenQuestion, response: Response) -> list[str]:
        if readings_of(response.text):
            return [_with_unit(question, response.text)]
        return super().in_words(question, response)

    def right_in_words(self, question: FrozenQuestion) -> list[str]:
        value, tolerance = _value(question), _tolerance(question)
        written = [option.text for option in question.options[:1]]
        words = [_with_unit(question, text) for text in written]
        if tolerance and value is not None:
            examples = [*written, question.tolerance]
            low, high = (
                text_written_like(number, examples)
                for number in (value - tolerance, value + tolerance)
            )
            words.append(_with_unit(question, f"{low} – {high}"))  # noqa: RUF001
        return words

    def wrong_parts(
        self, question: FrozenQuestion, response: Response
    ) -> Iterable[str]:
        given = readings_of(response.text, question.unit)
        return [] if self.is_right(question, response) else map(decimal_text, given[:1])

    def part_in_words(self, question: FrozenQuestion, part: str) -> str:
        return _with_unit(question, part)

    def problems(self, question: FrozenQuestion) -> list[Flaw]:
        found = []
        if len(question.options) != 1:
            found.append(
                Flaw("options", _("Give the right number as the only option."))
            )
        elif flaw := _number_flaw(question.options[0].text):
            found.append(Flaw("options", flaw))
        if question.tolerance and _plain_number(question.tolerance) is None:
            found.append(
                Flaw("tolerance", _("Enter a number, such as 0.5, or leave it blank."))
            )
        return found

    def item_findings(self, question: FrozenQuestion) -> Iterator[tuple[str, str]]:
        if not question.unit and not _COUNTS.search(question.stem):
            yield "item-18", "Say which unit the answer should be in."


def _number_flaw(text: str) -> str:
    readings = readings_of(text)
    if len(readings) > 1:
        return _(
            "This can be read as two different numbers. Write 1000 without a separator, and decimals as 1.5 or 1.1250."
        )
    return "" if readings else _("Enter a number, such as 1000 or 3.5.")


def _value(question: FrozenQuestion) -> Fraction | None:
    """Return the right number, or None if the author has not entered it yet."""
    readings = [n for option in question.options[:1] for n in readings_of(option.text)]
    return readings[0] if readings else None


def _tolerance(question: FrozenQuestion) -> Fraction:
    return _plain_number(question.tolerance) or Fraction(0)


def _plain_number(text: str) -> Fraction | None:
    """Return the number that an author entered, or None if ambiguous or negative."""
    readings = readings_of(text)
    return readings[0] if len(readings) == 1 and readings[0] >= 0 else None


def _with_unit(question: FrozenQuestion, number: str) -> str:
    return f"{number} {question.unit}".strip()

"""Steps to put in order: Moodle's ordering, included since Moodle 4.4."""

from collections.abc import Iterator
from html import escape
from xml.etree.ElementTree import Element  # Only the type.

from django.utils.translation import gettext as _

from authoring.questions.formats import gift_ordering, losses, texts
from authoring.questions.formats.moodle_values import COMBINED_FEEDBACK, weight_of
from authoring.questions.formats.question_shape import (
    QuestionReader,
    QuestionShape,
    ReadAnswers,
)
from authoring.questions.formats.xml_writing import add_answer, add_text, add_value
from authoring.questions.rules.items import ExchangedItem, ExchangedOption

KIND = "ordering"
_IN_STEPS = str.maketrans(
    {
        "{": "&lcub;",
        "}": "&rcub;",
        "\\": "&bsol;",
        "$": "&dollar;",
        ":": "&colon;",
        "=": "&equals;",
        "#": "&num;",
        "~": "&#126;",
        "\n": "<br>",
    },
)


class StepsShape(QuestionShape):
    moodle_types = ("ordering",)

    def moodle_type(self, item: ExchangedItem) -> str:
        return "ordering"

    def losses(self, item: ExchangedItem) -> Iterator[str]:
        yield _(
            "Moodle has ordering questions since version 4.4, but other systems may not"
        )

    def gift_losses(self, item: ExchangedItem) -> Iterator[str]:
        if any(option.feedback for option in item.options):
            yield _("GIFT has no feedback for steps")

    # Moodle XML

    def write_xml(self, element: Element, item: ExchangedItem) -> None:
        """Write what `qtype_ordering` writes since Moodle 4.4, in the same order.

        If `shownumcorrect` is missing, Moodle adds hints without a format, and its
        database rejects the question and all that follow.
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
            add_value(element, name, value)
        for name in COMBINED_FEEDBACK:
            add_text(element, name, "", format="html")
        add_value(element, "shownumcorrect", "1")
        for place, option in enumerate(item.options, start=1):
            add_answer(element, str(place), option.text, option.feedback)

    def read_xml(self, element: Element, reader: QuestionReader) -> ReadAnswers:
        answers = element.findall("answer")
        weights = [weight_of(answer) for answer in answers]
        if weights != sorted(weights):
            # Moodle uses the positions, but the author may have meant the numbers.
            numbers = ", ".join(f"{weight:g}" for weight in weights)
            reader.lost.append((losses.ORDER, numbers))
        steps = [
            ExchangedOption(reader.text(a), feedback=reader.text(a.find("feedback")))
            for a in answers
        ]
        return ReadAnswers(KIND, tuple(steps))

    # GIFT

    def write_gift(self, item: ExchangedItem) -> str:
        """Return a line with the settings, and a line for each step.

        Moodle reads steps as HTML without unescaping (`qtype_ordering`), so the special
        characters of GIFT are written as HTML entities. Systems without ordering
        questions then read a short answer and carry on.
        """
        settings = f">{len(item.options)} ALL VERTICAL ALL_OR_NOTHING HIDE none"
        return settings + "".join(f"\n{_step(option.text)}" for option in item.options)

    def read_gift(self, source: str, reader: QuestionReader) -> ReadAnswers | None:
        if not gift_ordering.is_steps(source):
            return None
        steps, shows_all = gift_ordering.steps_in(source)
        if not shows_all:
            reader.lost.append((losses.SUBSET, ""))
        options = tuple(
            ExchangedOption(reader.text(step, texts.MOODLE)) for step in steps
        )
        return ReadAnswers(KIND, options)


def _step(text: str) -> str:
    html = escape(text, quote=False).translate(_IN_STEPS)
    if html == "0":  # Moodle would read it as empty.
        return "&#48;"
    return f"&sol;{html[1:]}" if html.startswith("//") else html

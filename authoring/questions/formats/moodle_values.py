"""Moodle values shared by reading and writing."""

from xml.etree.ElementTree import Element  # Only the type.

from django.utils.translation import gettext as _

from authoring.questions.formats.gift_text import UnreadableQuestion

FULL = 99.9
"""The lowest percentage that counts as full marks, since thirds are 33.33333."""

COMBINED_FEEDBACK = (
    "correctfeedback",
    "partiallycorrectfeedback",
    "incorrectfeedback",
)
"""Moodle's feedback for right, partly right and wrong answers."""


def weight_of(answer: Element) -> float:
    """Return the answer's `fraction`. Raises UnreadableQuestion if not a number."""
    try:
        return float(answer.get("fraction", "0"))
    except ValueError as error:
        message = _("The “fraction” of an answer must be a number.")
        raise UnreadableQuestion(message) from error

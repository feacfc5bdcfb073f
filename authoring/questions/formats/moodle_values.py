"""Values of Moodle that reading and writing share."""

from xml.etree.ElementTree import Element  # Only the type.

from django.utils.translation import gettext as _

from authoring.questions.formats.gift_text import UnreadableQuestion

FULL = 99.9
"""The per cent from which on an answer gives all marks; thirds are 33.33333."""

COMBINED_FEEDBACK = (
    "correctfeedback",
    "partiallycorrectfeedback",
    "incorrectfeedback",
)
"""What Moodle tells about the whole answer, whichever it was."""


def weight_of(answer: Element) -> float:
    """Return the answer's `fraction`. Raises UnreadableQuestion if it is no number."""
    try:
        return float(answer.get("fraction", "0"))
    except ValueError as error:
        message = _("“fraction” of an answer must be a number.")
        raise UnreadableQuestion(message) from error

"""What writing Moodle XML and writing GIFT share: marks in per cent, and notes."""

from django.utils.translation import gettext as _

from authoring.questions.items import MULTIPLE, Item

# More right options than this, and Moodle has no mark for each.
MOST_RIGHT = 10

COMBINED_FEEDBACK = (
    "correctfeedback",
    "partiallycorrectfeedback",
    "incorrectfeedback",
)
"""What Moodle tells about the whole answer, whichever it was."""


def share(item: Item) -> str:
    """Return the per cent that Moodle gives for each right option."""
    right = sum(option.right for option in item.options) or 1
    return f"{100 / right:.5f}".rstrip("0").rstrip(".")


def multiple_note(item: Item) -> str:
    """Return what is lost of a multiple response question."""
    return _(
        "“%(handle)s”: here only all right options and no other count; Moodle gives "
        "part of the marks."
    ) % {"handle": item.handle}


def labels_note(item: Item) -> str:
    """Return what is lost of a true or false question with labels of its own."""
    return _("“%(handle)s”: Moodle shows it as a single choice question.") % {
        "handle": item.handle
    }


def ordering_note(item: Item) -> str:
    """Return where a question that puts things in order can be read."""
    return _("“%(handle)s”: Moodle 4.4 and later put things in order.") % {
        "handle": item.handle
    }


def has_too_many(item: Item) -> bool:
    """Tell whether Moodle has no mark small enough for each right option."""
    right = sum(option.right for option in item.options)
    return item.kind == MULTIPLE and right > MOST_RIGHT


def too_many_note(item: Item) -> str:
    """Return why a question with so many right options is left out."""
    return _(
        "“%(handle)s” is left out: it has more than ten right options, for which "
        "Moodle has no marks."
    ) % {"handle": item.handle}

"""What writing Moodle XML and writing GIFT share: marks in per cent, and notes."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from authoring.questions.items import (
    MULTIPLE,
    TRUE_FALSE,
    Item,
    is_plain_true_false,
    tags_of,
)
from quizzes.soundness import ORDERING

# More right options than this, and Moodle has no mark for each.
MOST_RIGHT = 10
# TAG_MAX_LENGTH in Moodle's tag/classes/tag.php.
LONGEST_TAG = 50

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


def has_too_many(item: Item) -> bool:
    """Tell whether Moodle has no mark small enough for each right option."""
    right = sum(option.right for option in item.options)
    return item.kind == MULTIPLE and right > MOST_RIGHT


def losses(item: Item) -> Iterator[str]:
    """Yield what is lost of a question in Moodle, whichever format takes it there."""
    if has_too_many(item):
        yield _("Left out: more than ten right options, for which Moodle has no marks")
        return
    if item.kind == MULTIPLE:
        yield _(
            "Here only all right options and no other count; Moodle gives part of the "
            "marks"
        )
    if item.kind == TRUE_FALSE and not is_plain_true_false(item):
        yield _("Moodle shows these as single choice, for their words are their own")
    if item.kind == ORDERING:
        yield _("Moodle 4.4 and later put things in order, other programs may not")
    if any(len(tag) > LONGEST_TAG for tag in tags_of(item)):
        yield _(
            "Moodle cuts tags after 50 characters, so “answered in” does not return"
        )


def noted(lost: Iterable[tuple[Item, str]]) -> list[str]:
    """Return a note for each kind of loss, which names the questions."""
    named: dict[str, list[str]] = {}
    for item, loss in lost:
        named.setdefault(loss, []).append(f"“{item.handle}”")
    return [f"{loss}: {', '.join(handles)}." for loss, handles in named.items()]

"""Write GIFT, a format that trainers can type. `gift_reading` reads it."""

from collections.abc import Sequence
from uuid import UUID

from django.utils.translation import gettext as _

from authoring.questions.formats.gift_text import escape_gift
from authoring.questions.formats.shapes import shape_of
from authoring.questions.formats.writing import (
    losses_in_moodle,
    notes_of_losses,
    tags_of,
)
from authoring.questions.rules.items import ExchangedItem, WrittenQuestions


def write_gift(
    items: Sequence[ExchangedItem], *, title: str, lesson_key: UUID
) -> WrittenQuestions:
    """Return the questions in a category with the lesson's title."""
    path = title.replace("/", "//")
    parts = [f"$CATEGORY: $course$/top/{path}"]
    parts += [
        _question(item) for item in items if not shape_of(item).is_unsayable(item)
    ]
    notes = [
        _("Ids of options. Options of imported questions get new ids."),
        *notes_of_losses((item, loss) for item in items for loss in _losses(item)),
    ]
    return WrittenQuestions("\n\n".join(parts) + "\n", tuple(notes))


def _losses(item):
    yield from losses_in_moodle(item)
    yield from shape_of(item).gift_losses(item)


def _question(item):
    feedback = f"\n####{escape_gift(item.feedback)}" if item.feedback else ""
    head = f"{_comment(item)}::{item.handle}::[plain]{escape_gift(item.stem)}"
    return f"{head} {{{shape_of(item).write_gift(item)}{feedback}\n}}"


def _comment(item):
    """Return the comment in which Moodle keeps the ID number and tags."""
    marks = [f"[id:{item.key}]"] if item.key else []
    marks += [f"[tag:{tag}]" for tag in tags_of(item)]
    return f"// {' '.join(marks)}\n" if marks else ""

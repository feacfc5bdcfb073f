"""GIFT, what trainers type. Out only here; it is read in `gift_reading`."""

from collections.abc import Sequence
from uuid import UUID

from django.utils.translation import gettext as _

from authoring.questions.formats.gift_reading import read
from authoring.questions.formats.gift_text import escaped
from authoring.questions.formats.shapes import shape_of
from authoring.questions.formats.writing import losses_in_moodle, noted, tags_of
from authoring.questions.rules.items import Item, Written

__all__ = ["read", "write"]


def write(items: Sequence[Item], *, title: str, lesson_key: UUID) -> Written:
    """Return the questions in a category named like the lesson."""
    path = title.replace("/", "//")
    parts = [f"$CATEGORY: $course$/top/{path}"]
    parts += [
        _question(item) for item in items if not shape_of(item).is_unsayable(item)
    ]
    notes = [
        _("The ids of options: an imported question has new ones."),
        *noted((item, loss) for item in items for loss in _losses(item)),
    ]
    return Written("\n\n".join(parts) + "\n", tuple(notes))


def _losses(item):
    yield from losses_in_moodle(item)
    yield from shape_of(item).gift_losses(item)


def _question(item):
    feedback = f"\n####{escaped(item.feedback)}" if item.feedback else ""
    head = f"{_comment(item)}::{item.handle}::[plain]{escaped(item.stem)}"
    return f"{head} {{{shape_of(item).write_gift(item)}{feedback}\n}}"


def _comment(item):
    """Return the id number and the tags, where Moodle writes them and looks for them."""
    told = [f"[id:{item.key}]"] if item.key else []
    told += [f"[tag:{tag}]" for tag in tags_of(item)]
    return f"// {' '.join(told)}\n" if told else ""

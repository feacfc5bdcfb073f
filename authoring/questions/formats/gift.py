"""GIFT, what trainers type: choice and true or false. It is read in `gift_reading`."""

import re
from collections.abc import Sequence
from uuid import UUID

from django.utils.translation import gettext as _

from authoring.questions.formats import moodle_values
from authoring.questions.formats.gift_reading import read
from authoring.questions.items import (
    MULTIPLE,
    TRUE_FALSE,
    Item,
    Written,
    is_plain_true_false,
    tags_of,
)
from quizzes.soundness import ORDERING

__all__ = ["read", "write"]

_SIGNS = re.compile(r"[\\~=#{}:]")


def write(items: Sequence[Item], *, title: str, lesson_key: UUID) -> Written:
    """Return the questions in a category named like the lesson."""
    path = title.replace("/", "//")
    notes = [_("The keys of questions and options: imported ones have new keys.")]
    parts = [f"$CATEGORY: $course$/top/{path}"]
    for item in items:
        reason = _unsayable(item)
        if reason:
            notes.append(reason)
        else:
            parts.append(_question(item))
            notes += _notes(item)
    return Written("\n\n".join(parts) + "\n", tuple(notes))


def _unsayable(item):
    """Return why the question must be left out; "" for one that GIFT can say."""
    right = [option.right for option in item.options]
    if item.kind == ORDERING:
        reason = _("“%(handle)s” is left out: GIFT cannot put things in order.")
    elif item.kind == MULTIPLE and sum(right) > moodle_values.MOST_RIGHT:
        return moodle_values.too_many_note(item)
    elif not right or (item.kind != MULTIPLE and all(right)):
        reason = _("“%(handle)s” is left out: GIFT needs a wrong option to tell it by.")
    else:
        return ""
    return reason % {"handle": item.handle}


def _notes(item):
    if item.kind == MULTIPLE:
        yield moodle_values.multiple_note(item)
    if item.kind == TRUE_FALSE and not is_plain_true_false(item):
        yield moodle_values.labels_note(item)


def _question(item):
    tags = "".join(f" [tag:{tag}]" for tag in tags_of(item))
    comment = f"//{tags}\n" if tags else ""
    feedback = f"\n####{_escaped(item.feedback)}" if item.feedback else ""
    head = f"{comment}::{item.handle}::[plain]{_escaped(item.stem)}"
    if is_plain_true_false(item):
        return f"{head} {{{_truth(item)}{feedback}\n}}"
    options = "".join(f"\n{_option(item, option)}" for option in item.options)
    return f"{head} {{{options}{feedback}\n}}"


def _truth(item):
    """Return the right word, the feedback on the wrong one, then on the right one."""
    right = next(option for option in item.options if option.right)
    wrong = next(option for option in item.options if not option.right)
    why = [_escaped(wrong.feedback), _escaped(right.feedback)]
    told = f"#{why[0]}#{why[1]}" if any(why) else ""
    return right.text.upper() + told


def _option(item, option):
    sign = "=" if option.right and item.kind != MULTIPLE else "~"
    why = f"#{_escaped(option.feedback)}" if option.feedback else ""
    return f"{sign}{_weight(item, option)}{_escaped(option.text)}{why}"


def _weight(item, option):
    """Return the weight where one is needed, also to part it from a text like it."""
    if item.kind == MULTIPLE:
        return f"%{moodle_values.share(item)}%" if option.right else "%-100%"
    if option.text.startswith("%"):
        return "%100%" if option.right else "%0%"
    return ""


def _escaped(text):
    return _SIGNS.sub(r"\\\g<0>", text).replace("\n", "\\n")

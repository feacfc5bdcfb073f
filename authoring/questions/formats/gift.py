"""GIFT, what trainers type, and how Moodle puts things in order in it. Out only here."""

import re
from collections.abc import Sequence
from html import escape
from uuid import UUID

from django.utils.translation import gettext as _

from authoring.questions.formats import moodle_values
from authoring.questions.formats.gift_reading import read
from authoring.questions.items import (
    MULTIPLE,
    Item,
    Written,
    is_plain_true_false,
    tags_of,
)
from quizzes.soundness import ORDERING

__all__ = ["read", "write"]

_SIGNS = re.compile(r"[\\~=#{}:]")
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


def write(items: Sequence[Item], *, title: str, lesson_key: UUID) -> Written:
    """Return the questions in a category named like the lesson."""
    path = title.replace("/", "//")
    parts = [f"$CATEGORY: $course$/top/{path}"]
    parts += [_question(item) for item in items if not moodle_values.has_too_many(item)]
    notes = [
        _("The ids of options: an imported question has new ones."),
        *moodle_values.noted((item, loss) for item in items for loss in _losses(item)),
    ]
    return Written("\n\n".join(parts) + "\n", tuple(notes))


def _losses(item):
    yield from moodle_values.losses(item)
    if item.kind == ORDERING and any(option.feedback for option in item.options):
        yield _("GIFT has no feedback on steps")


def _question(item):
    feedback = f"\n####{_escaped(item.feedback)}" if item.feedback else ""
    head = f"{_comment(item)}::{item.handle}::[plain]{_escaped(item.stem)}"
    if is_plain_true_false(item):
        return f"{head} {{{_truth(item)}{feedback}\n}}"
    if item.kind == ORDERING:
        return f"{head} {{{_steps(item)}{feedback}\n}}"
    options = "".join(f"\n{_option(item, option)}" for option in item.options)
    return f"{head} {{{options}{feedback}\n}}"


def _comment(item):
    """Return the id number and the tags, where Moodle writes them and looks for them."""
    told = [f"[id:{item.key}]"] if item.key else []
    told += [f"[tag:{tag}]" for tag in tags_of(item)]
    return f"// {' '.join(told)}\n" if told else ""


def _truth(item):
    """Return the right word, the feedback on the wrong one, then on the right one."""
    right = next(option for option in item.options if option.right)
    wrong = next(option for option in item.options if not option.right)
    why = [_escaped(wrong.feedback), _escaped(right.feedback)]
    told = f"#{why[0]}#{why[1]}" if any(why) else ""
    return right.text.upper() + told


def _steps(item):
    """Return the settings on a line of their own, and a line for each step.

    Moodle reads steps as HTML and unescapes nothing in them (`qtype_ordering`), so
    what GIFT would take for its own is written as HTML has it. Readers that know no
    such question then see one short answer, and go on.
    """
    settings = f">{len(item.options)} ALL VERTICAL ALL_OR_NOTHING HIDE none"
    return settings + "".join(f"\n{_step(option.text)}" for option in item.options)


def _step(text):
    html = escape(text, quote=False).translate(_IN_STEPS)
    if html == "0":  # Moodle would take it for nothing.
        return "&#48;"
    return f"&sol;{html[1:]}" if html.startswith("//") else html


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

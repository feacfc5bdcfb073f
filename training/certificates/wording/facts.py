"""What the log says of an entry, in words. Every page and file of the log takes it here.

Entries keep the names of their time (`training.teams.log`). Numbers and keys of rows are
kept beside them for programs, and are never shown.
"""

import datetime as dt
import re
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from training.assignments.models import ExceptionEntry
from training.assignments.wording.assignments import Line, day_in_words, rule_changes
from training.assignments.wording.recorded import (
    recorded_requirement_lines,
    recorded_rule_lines,
)
from training.certificates.wording import moment_in_words
from training.teams.models import Membership

DAY = re.compile(r"\d{4}-\d\d-\d\d")
KEPT_FOR_PROGRAMS = frozenset({"enrolment", "entry", "learner"})
FACTS = {
    "added": gettext_lazy("Added"),
    "after": gettext_lazy("After"),
    "assignment": gettext_lazy("Assignment"),
    "attended": gettext_lazy("Attended"),
    "before": gettext_lazy("Before"),
    "certificate": gettext_lazy("Certificate"),
    "changed": gettext_lazy("Changed"),
    "course": gettext_lazy("Course"),
    "done": gettext_lazy("Done"),
    "done_on": gettext_lazy("Completed on"),
    "due": gettext_lazy("Due"),
    "elsewhere": gettext_lazy("Done elsewhere"),
    "held_on": gettext_lazy("Date"),
    "invited": gettext_lazy("Invited"),
    "kind": gettext_lazy("Kind"),
    "manifest": gettext_lazy("SHA-256 of the manifest"),
    "more_attempts": gettext_lazy("More attempts"),
    "moved_to": gettext_lazy("Moved to"),
    "new_address": gettext_lazy("New address"),
    "old_address": gettext_lazy("Address before"),
    "opens": gettext_lazy("Opens"),
    "readdressed": gettext_lazy("Addresses changed"),
    "reason": gettext_lazy("Reason"),
    "removed": gettext_lazy("Taken out"),
    "replaced": gettext_lazy("Replaces certificate"),
    "revoked": gettext_lazy("Revoked"),
    "role": gettext_lazy("Role"),
    "sheet": gettext_lazy("SHA-256 of the sheet"),
    "source": gettext_lazy("Where"),
    "team": gettext_lazy("Team"),
    "unchanged": gettext_lazy("Unchanged"),
    "until": gettext_lazy("Until"),
    "valid_until": gettext_lazy("Valid until"),
    "words": gettext_lazy("In their words"),
}
"""Of each fact: its name in words. A test finds facts that have none."""


def facts_in_words(facts: Mapping[str, Any]) -> list[Line]:
    """Return the facts of an entry of the log, each with its name in words.

    Of something that was changed, they say what changed.
    """
    changes = _changes(facts)
    apart = {"before", "after"} if changes is not None else ()
    left = {name: facts[name] for name in facts if name not in apart}
    return _part_lines(left) + (changes or [])


def details_in_words(facts: Mapping[str, Any], *, known: Collection[str]) -> str:
    """Return the facts in one line, without those that stand beside it already."""
    left = {name: facts[name] for name in facts if name not in known}
    return "; ".join(f"{each.label}: {each.text}" for each in facts_in_words(left))


def _changes(facts):
    sides = [facts.get(name) for name in ("before", "after")]
    if not all(isinstance(side, Mapping) for side in sides):
        return None
    return [
        Line(change.label, f"{change.before} → {change.after}")
        for change in rule_changes(*map(_part_lines, sides))
    ]


def _part_lines(values):
    """Return a line for each value, and of a rule or a requirement one for each part."""
    if "course_key" in values:
        return recorded_rule_lines(values)
    lines = []
    for name, value in values.items():
        if name == "rule":
            lines += recorded_rule_lines(value)
        elif name == "requirement":
            lines += recorded_requirement_lines(value)
        elif name not in KEPT_FOR_PROGRAMS:
            lines.append(Line(_label(name), _fact(name, value)))
    return lines


def _label(name):
    return str(FACTS.get(name, name.replace("_", " ").capitalize()))


def _fact(name, value) -> str:
    # Of a completion elsewhere, the number of its row is kept.
    if isinstance(value, bool) or name == "elsewhere":
        return _("yes") if value else _("no")
    if isinstance(value, Mapping):
        return "; ".join(f"{label}: {text}" for label, text in _part_lines(value))
    if isinstance(value, Sequence) and not isinstance(value, str):
        return ", ".join(_fact("", each) for each in value)
    return _text(str(value)) if value is not None else _("none")


def _text(value):
    choices = (*Membership.Role.choices, *ExceptionEntry.Kind.choices)
    words = {name: str(label) for name, label in choices}
    if DAY.fullmatch(value):
        return day_in_words(dt.date.fromisoformat(value))
    is_moment = value[:4].isdigit() and "T" in value
    return moment_in_words(value) if is_moment else words.get(value, value)

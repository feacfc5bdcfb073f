"""A rule and what it requires as the log keeps them, in words."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from training.assignments.models import Assignment
from training.assignments.wording.assignments import (
    Line,
    also_counts_in_words,
    pass_mark_in_words,
    rule_in_words,
)


def recorded_rule_lines(rule: Mapping[str, Any]) -> list[Line]:
    """Return the rule of an assignment, with the titles and teams of that time.

    How many people are named in it is said, and not who: names of people in somebody
    else's entries could not be found when they are erased.
    """
    fields = {
        field.name: field.to_python(rule[field.name])
        for field in Assignment._meta.concrete_fields
        if field.name in rule
    }
    names = [*rule["teams"], *_people(len(rule["people"]))]
    return rule_in_words(
        Assignment(**fields),
        who=", ".join(names) or _("Nobody"),
        titles=rule["titles"],
    )


def _people(number):
    if number:
        yield ngettext("%(n)d person", "%(n)d people", number) % {"n": number}


def recorded_requirement_lines(required: Mapping[str, Any]) -> list[Line]:
    """Return what an obligation requires, in three lines."""
    lessons = len(required["lesson_keys"])
    some = ngettext("%(n)d lesson", "%(n)d lessons", lessons) % {"n": lessons}
    counts = {
        name: required[name]
        for name in ("prior_counts", "anonymous_counts", "elsewhere_counts")
    }
    passed = pass_mark_in_words(required["pass_mark"], required["attempts_counted"])
    return [
        Line(_("Required"), some if lessons else _("The whole course")),
        Line(_("Passed"), passed),
        Line(_("Also counts"), also_counts_in_words(**counts)),
    ]

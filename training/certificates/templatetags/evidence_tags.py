"""What a pack of evidence says, in words."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django import template

import training.certificates.wording.facts as logged
from training.assignments.wording.assignments import Line, day_in_words
from training.certificates import wording
from training.certificates.rules.pack_comparison import ChangedLine
from training.certificates.rules.summary import SummaryLine
from training.certificates.wording import SummaryRow
from training.certificates.wording.packs import ChangedCell, changed_cells

register = template.Library()


@register.filter
def moment_in_zone(text: str | None) -> str:
    """Return a moment in ISO format as day and time, in the current time zone."""
    return wording.moment_in_words(text or "")


@register.filter
def day_in_words_of(text: str | None) -> str:
    """Return a day in ISO format in words; empty for none."""
    return day_in_words(dt.date.fromisoformat(text)) if text else ""


@register.filter
def completion_line(completion: Mapping[str, Any]) -> str:
    """Return a completion elsewhere: its day, where, and who says so."""
    return wording.completion_in_words(completion)


@register.filter
def requirement_lines(rule: Mapping[str, Any]) -> list[Line]:
    """Return what had to be done, line by line."""
    return wording.requirement_in_words(rule)


@register.filter
def fact_lines(facts: Mapping[str, Any]) -> list[Line]:
    """Return the facts of an entry of the log, line by line."""
    return logged.facts_in_words(facts)


@register.filter
def row_of(line: SummaryLine) -> SummaryRow:
    """Return the line with its days and texts in words."""
    return SummaryRow(line)


@register.filter
def cells_of_change(change: ChangedLine) -> list[ChangedCell]:
    """Return the columns that changed, each as it was and as it is."""
    return changed_cells(change)


@register.simple_tag
def option_lines(question: Mapping[str, Any]) -> list[tuple[str, bool]]:
    """Return the options of a question in a record: text, and whether it is right.

    Empty if no option is right by itself: then `right` has the right answer.
    """
    right = question["right_options"]
    if right is None:
        return []
    return [(text, key in right) for key, text in question["options"].items()]

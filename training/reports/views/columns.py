"""Columns of reports. A column shows the same in files as on screen."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column

CONTACT = {
    "email": _("E-mail address"),
    "staff_number": _("Staff number"),
    "job_title": _("Job title"),
    "site": _("Site"),
}
"""What a file has after a person's name."""


@dataclass(frozen=True)
class FileLine:
    """A line of a report for a file; `contact` is empty if it is about no person."""

    line: Any
    contact: Mapping[str, str]


class LineColumn(Column):
    """A cell that is the same on screen and in a file."""

    def exported(self, line):
        """Return the value for a file: text, a number or a date."""
        value = self.get_value(line)
        return value if isinstance(value, int | float | dt.date) else str(value or "")


class DayColumn(LineColumn):
    """A date in words."""

    cell_template_name = "training/assignments/columns/day.html"


class PersonColumn(LineColumn):
    """A name that links to the person's record; files have `CONTACT` after it."""

    cell_template_name = "training/assignments/columns/person.html"


class StatusColumn(LineColumn):
    """A status with an icon."""

    cell_template_name = "training/assignments/columns/standing.html"

    def status_of(self, line):
        """Return the choice that determines the icon."""
        return super().get_value(line)

    def get_value(self, line):
        return str(self.status_of(line).label)

    def get_cell_context_data(self, instance, parent_context):
        context = super().get_cell_context_data(instance, parent_context)
        return context | {"icon": self.status_of(instance).icon}


class LessonCellColumn(StatusColumn):
    """Somebody's status in one lesson of the matrix; `name` is the lesson's key.

    It is an icon on a colour; the word is there for screen readers, or for all.
    """

    cell_template_name = "training/reports/columns/matrix_cell.html"

    def __init__(self, *args, shows_words=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.shows_words = shows_words

    def get_cell_context_data(self, instance, parent_context):
        cell = instance.cells[self.name]
        more = {"cell": cell, "shows_words": self.shows_words}
        return super().get_cell_context_data(instance, parent_context) | more

    def status_of(self, line):
        return line.cells[self.name].status

    def get_value(self, line):
        return str(line.cells[self.name])


class LessonsDoneColumn(LineColumn):
    """How many of the required lessons are done; empty if none are on the site."""

    def get_value(self, line):
        if not line.lessons.required:
            return ""
        return gettext("%(done)s of %(all)s") % {
            "done": line.lessons.done,
            "all": line.lessons.required,
        }


class ShareColumn(LineColumn):
    """A share from 0 to 1, shown in per cent; empty if there is none."""

    def get_value(self, line):
        share = super().get_value(line)
        return "" if share is None else f"{share * 100:.0f}%"

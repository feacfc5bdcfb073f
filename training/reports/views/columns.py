"""Columns of reports. What a column shows is also what it writes into files."""

import datetime as dt

from django.utils.translation import gettext
from wagtail.admin.ui.tables import Column


class LineColumn(Column):
    """A cell that is the same on the screen and in a file."""

    def exported(self, line):
        """Return what a file gets: text, a number or a date."""
        value = self.get_value(line)
        return value if isinstance(value, int | float | dt.date) else str(value or "")


class DayColumn(LineColumn):
    """A day, as people write it."""

    cell_template_name = "training/assignments/columns/day.html"


class PersonColumn(LineColumn):
    """A name, leading to the person's record."""

    cell_template_name = "training/assignments/columns/person.html"


class StatusColumn(LineColumn):
    """A word with an icon, for a choice of Status or Standing."""

    cell_template_name = "training/assignments/columns/standing.html"

    def status_of(self, line):
        """Return the choice that decides the icon."""
        return super().get_value(line)

    def get_value(self, line):
        return str(self.status_of(line).label)

    def get_cell_context_data(self, instance, parent_context):
        context = super().get_cell_context_data(instance, parent_context)
        return context | {"icon": self.status_of(instance).icon}


class LessonCellColumn(StatusColumn):
    """How somebody stands in one lesson of the matrix; `name` is the lesson's key."""

    def status_of(self, line):
        return line.cells[self.name].status

    def get_value(self, line):
        return str(line.cells[self.name])


class LessonsDoneColumn(LineColumn):
    """How many lessons are done of how many; empty where none is on the site."""

    def get_value(self, line):
        if not line.lessons.required:
            return ""
        return gettext("%(done)s of %(all)s") % {
            "done": line.lessons.done,
            "all": line.lessons.required,
        }


class ShareColumn(LineColumn):
    """A share from 0 to 1, shown in per cent; empty where there is none."""

    def get_value(self, line):
        share = super().get_value(line)
        return "" if share is None else f"{share * 100:.0f} %"

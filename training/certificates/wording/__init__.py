"""Evidence in words: the summary's columns, and a requirement."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from progress.rules.days import day_in
from training.assignments.wording.assignments import (
    Line,
    also_counts_in_words,
    day_in_words,
    pass_mark_in_words,
)
from training.certificates.rules.summary import SummaryLine

Cell = str | int | dt.date | None


def moment_in_words(text: str) -> str:
    """Return a moment in ISO format as day and time, in the current time zone."""
    moment = text and parse_datetime(text)
    return date_format(localtime(moment), "DATETIME_FORMAT") if moment else text or ""


@dataclass(frozen=True)
class SummaryRow:
    """A line of the summary with days in its own time zone, and texts."""

    line: SummaryLine

    @property
    def asked(self) -> dt.date | None:
        return self._day(self.line.asked)

    @property
    def due(self) -> dt.date | None:
        return self._day(self.line.due)

    @property
    def first_done(self) -> dt.date | None:
        return self._day(self.line.first_done)

    @property
    def last_done(self) -> dt.date | None:
        return self._day(self.line.last_done)

    @property
    def until(self) -> dt.date | str | None:
        if self.line.is_in_date and not self.line.until:
            return _("does not expire")
        return self._day(self.line.until)

    @property
    def status(self) -> str:
        if not self.line.is_in_date or self.line.status == "done":
            return self.line.status_in_words
        return _("in date; renewal: %(status)s") % {"status": self.line.status_in_words}

    @property
    def exceptions(self) -> str:
        texts = [
            exception_in_words(each, self.line.zone) for each in self.line.exceptions
        ]
        texts += [
            _("certificate revoked (%(reason)s)") % {"reason": reason}
            for reason in self.line.revoked
        ]
        return "; ".join(texts)

    @property
    def elsewhere(self) -> str:
        return "; ".join(map(completion_in_words, self.line.elsewhere))

    def _day(self, text):
        return day_in(dt.datetime.fromisoformat(text), self.line.zone) if text else None


def exception_in_words(entry: Mapping[str, Any], zone: str) -> str:
    """Return an exception of a record with its day or number, and why it was made."""
    words = entry["kind_in_words"]
    day = entry["new_due"] or entry["until"]
    if day:
        words += f" {day_in_words(day_in(dt.datetime.fromisoformat(day), zone))}"
    if entry["extra_attempts"]:
        words += f" +{entry['extra_attempts']}"
    if entry["taken_back"]:
        words += f", {_('revoked')}"
    return f"{words} ({entry['reason']})"


def completion_in_words(completion: Mapping[str, Any]) -> str:
    """Return a completion elsewhere of a record: its day, where, and who says so."""
    day = day_in_words(dt.date.fromisoformat(completion["done_on"]))
    return _("%(day)s, %(source)s (%(vouched_by)s)") % {
        "day": day,
        "source": completion["source"],
        "vouched_by": completion["vouched_by"],
    }


def _of_line(name: str) -> Callable[[SummaryRow], Cell]:
    return lambda row: getattr(row.line, name)


def _of_row(name: str) -> Callable[[SummaryRow], Cell]:
    return lambda row: getattr(row, name)


COLUMNS = [
    (gettext_lazy("Person"), _of_line("person")),
    (gettext_lazy("E-mail address"), _of_line("email")),
    (gettext_lazy("Staff number"), _of_line("staff_number")),
    (gettext_lazy("Job title"), _of_line("job_title")),
    (gettext_lazy("Site"), _of_line("site")),
    (gettext_lazy("Team"), _of_line("team")),
    (gettext_lazy("Assignment"), _of_line("assignment")),
    (gettext_lazy("Course"), _of_line("course")),
    (gettext_lazy("Version"), _of_line("version")),
    (gettext_lazy("Asked"), _of_row("asked")),
    (gettext_lazy("Due"), _of_row("due")),
    (gettext_lazy("Status"), _of_row("status")),
    (gettext_lazy("First completion"), _of_row("first_done")),
    (gettext_lazy("Latest completion"), _of_row("last_done")),
    (gettext_lazy("First score in %"), _of_line("first_score")),
    (gettext_lazy("Score in %"), _of_line("score")),
    (gettext_lazy("CPD hours"), _of_line("cpd_hours")),
    (gettext_lazy("In date until"), _of_row("until")),
    (gettext_lazy("Done elsewhere"), _of_row("elsewhere")),
    (gettext_lazy("Exceptions"), _of_row("exceptions")),
]
"""Of the files: heading and value."""


def requirement_in_words(rule: Mapping[str, Any]) -> list[Line]:
    """Return what had to be done, as the record of an obligation has it."""
    lessons = ", ".join(rule["lessons"]) or _("The whole course")
    passed = pass_mark_in_words(rule["pass_mark"], rule["attempts_counted"])
    also = also_counts_in_words(
        prior_counts=rule["prior_counts"],
        anonymous_counts=rule["anonymous_counts"],
        # Requirements frozen before it could be chosen have none.
        elsewhere_counts=rule.get("elsewhere_counts", False),
    )
    return [
        Line(_("Required"), lessons),
        Line(_("Passed"), passed),
        Line(_("Also counts"), also),
    ]

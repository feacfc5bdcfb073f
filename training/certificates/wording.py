"""Evidence in words: the summary's columns, a requirement, and facts of the log."""

import datetime as dt
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from progress.rules.days import day_in
from training.assignments.models import ExceptionEntry
from training.assignments.wording.assignments import (
    Line,
    also_counts_in_words,
    day_in_words,
    pass_mark_in_words,
)
from training.certificates.rules.summary import SummaryLine
from training.teams.models import Membership

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


FACTS = {
    "after": gettext_lazy("After"),
    "attended": gettext_lazy("Attended"),
    "before": gettext_lazy("Before"),
    "course": gettext_lazy("Course"),
    "done": gettext_lazy("Done"),
    "done_on": gettext_lazy("Completed on"),
    "due": gettext_lazy("Due"),
    "elsewhere": gettext_lazy("Number of the completion elsewhere"),
    "enrolment": gettext_lazy("Number of the enrolment"),
    "entry": gettext_lazy("Number of the exception"),
    "held_on": gettext_lazy("Date"),
    "kind": gettext_lazy("Kind"),
    "manifest": gettext_lazy("SHA-256 of the manifest"),
    "moved_to": gettext_lazy("Moved to"),
    "new_address": gettext_lazy("New address"),
    "old_address": gettext_lazy("Address before"),
    "opens": gettext_lazy("Opens"),
    "reason": gettext_lazy("Reason"),
    "replaced": gettext_lazy("Replaces certificate"),
    "requirement": gettext_lazy("Required"),
    "revoked": gettext_lazy("Revoked"),
    "role": gettext_lazy("Role"),
    "sheet": gettext_lazy("SHA-256 of the sheet"),
    "source": gettext_lazy("Where"),
    "team": gettext_lazy("Team"),
    "until": gettext_lazy("Until"),
    "valid_until": gettext_lazy("Valid until"),
}


def facts_in_words(facts: Mapping[str, Any]) -> list[Line]:
    """Return the facts of an entry of the log, each with its name in words."""
    return [
        Line(str(FACTS.get(name, name.replace("_", " ").capitalize())), _fact(value))
        for name, value in facts.items()
    ]


def details_in_words(facts: Mapping[str, Any], *, known: Collection[str]) -> str:
    """Return the facts in one line, without those that stand beside it already.

    Of something that was changed, it says what changed.
    """
    left = {name: facts[name] for name in facts if name not in known}
    before, after = left.get("before"), left.get("after")
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        return _changes_in_words(before, after)
    return "; ".join(f"{each.label}: {each.text}" for each in facts_in_words(left))


def _changes_in_words(before, after):
    names = [name for name in after if before.get(name) != after[name]]
    olds, news = (
        facts_in_words({name: _counted(side.get(name)) for name in names})
        for side in (before, after)
    )
    return "; ".join(
        f"{new.label}: {old.text} → {new.text}"
        for old, new in zip(olds, news, strict=True)
    )


def _counted(value):
    """Return how many there are in place of the keys of teams and people."""
    return len(value) if isinstance(value, list) else value


def _fact(value) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, Mapping):
        return "; ".join(f"{label}: {text}" for label, text in facts_in_words(value))
    if isinstance(value, Sequence) and not isinstance(value, str):
        return ", ".join(map(_fact, value))
    return _text(str(value)) if value is not None else _("none")


def _text(value):
    choices = (*Membership.Role.choices, *ExceptionEntry.Kind.choices)
    words = {name: str(label) for name, label in choices}
    is_moment = value[:4].isdigit() and "T" in value
    return moment_in_words(value) if is_moment else words.get(value, value)

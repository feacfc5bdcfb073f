"""Due dates as a calendar file (RFC 5545)."""

import datetime as dt
from collections.abc import Collection
from urllib.parse import urlsplit

from django.urls import reverse
from django.utils.translation import gettext
from icalendar import Calendar, Event

from training import due
from training.models import ExceptionEntry, Obligation


def calendar_of(rows: Collection[Obligation], at: dt.datetime, site_url: str) -> bytes:
    """Return a calendar with one all-day event on the day each obligation is due.

    The day is that of the obligation's own time zone. An event keeps its UID when the
    date moves, and its SEQUENCE rises, so that calendars replace it. Rows carry
    `effective_due_at`; one query for the ledger of all of them.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Anteroom//My learning//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    changes = _changes(rows, at)
    for row in rows:
        calendar.add_component(_event(row, changes[row.pk], at, site_url))
    return calendar.to_ical()


def _event(row, changes, at, site_url):
    day = due.day_in(row.effective_due_at, row.time_zone)
    event = Event()
    event.add("uid", f"obligation-{row.pk}@{urlsplit(site_url).hostname}")
    event.add("dtstamp", at)
    event.add("dtstart", day)
    event.add("dtend", day + dt.timedelta(days=1))
    event.add("summary", gettext("Due: %(title)s") % {"title": row.assignment.title})
    event.add(
        "description",
        gettext("Due at the end of the day, time zone %(zone)s.")
        % {"zone": row.time_zone},
    )
    event.add("url", f"{site_url}{reverse('my_learning')}#obligation-{row.pk}")
    event.add("created", row.created_at)
    event.add("last-modified", max(changes, default=row.created_at))
    event.add("sequence", len(changes))
    # It takes up no time of the day.
    event.add("transp", "TRANSPARENT")
    return event


def _changes(rows, at):
    """Return obligation id → every moment at which its due date may have moved.

    Entries of the ledger are never edited: they begin, end or are taken back. So the
    number of these moments only rises.
    """
    found = {row.pk: [] for row in rows}
    entries = ExceptionEntry.objects.filter(
        obligation__in=found, kind=ExceptionEntry.Kind.EXTENSION
    )
    for entry in entries:
        moments = (entry.starts_at, entry.ends_at, entry.revoked_at)
        found[entry.obligation_id] += [m for m in moments if m and m <= at]
    return found

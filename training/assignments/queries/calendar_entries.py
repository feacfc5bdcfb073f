"""Due dates as a calendar file (RFC 5545)."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable
from urllib.parse import urlsplit

from django.db.models import Q
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext
from icalendar import Calendar, Event

from accounts.models import Learner
from training.assignments.models import ExceptionEntry, Obligation, Status
from training.assignments.queries.due_dates import earlier_dates
from training.assignments.queries.learning import open_obligations_of
from training.assignments.rules import due

# How long after its day a dropped entry is still sent as cancelled.
CALLED_OFF_DAYS = 31


def dated_obligations(learner: Learner | None, at: dt.datetime) -> list[Obligation]:
    """Return the obligations that may have a due date in the learner's calendar.

    Each has `is_called_off`: an obligation that is done, waived, withdrawn or handed
    over cancels its entry, unless its day is long past. Five queries.
    """
    if learner is None:
        return []
    open_ones = {row.pk for row in open_obligations_of(learner, at)}
    mine = Obligation.objects.filter(learner=learner)
    theirs = ExceptionEntry.objects.filter(
        kind=ExceptionEntry.Kind.HAND_OVER, deputy=learner, starts_at__lte=at
    )
    deputised = Obligation.objects.filter(pk__in=theirs.values("obligation"))
    since = at - dt.timedelta(days=CALLED_OFF_DAYS)
    rows = (
        Obligation.objects.filter(
            Q(pk__in=mine.values("pk")) | Q(pk__in=deputised.values("pk"))
        )
        .with_status(at)
        .filter(Q(pk__in=open_ones) | Q(effective_due_at__gte=since))
        .select_related("assignment")
        .order_by("effective_due_at", "pk")
    )
    found = list(rows)
    for row in found:
        row.is_called_off = row.pk not in open_ones
    return found


def calendar_of(rows: Collection[Obligation], at: dt.datetime, site_url: str) -> bytes:
    """Return a calendar with one all-day event on each obligation's due date.

    The day is in the obligation's own time zone. An event always keeps its UID, and its
    SEQUENCE and LAST-MODIFIED increase with each change, so that calendars replace it,
    or drop it if it is cancelled. Rows come from `dated_obligations`; one query for all
    their exceptions, one for their earlier due dates.
    """
    return calendar_with(entries_of(rows, at, site_url).values())


def calendar_entries_of(
    rows: Collection[Obligation], at: dt.datetime, site_url: str
) -> dict[int, bytes]:
    """Return obligation id → a calendar with its due date alone, to send by e-mail.

    All of them are still to be done. Two queries, however many there are.
    """
    for row in rows:
        row.is_called_off = False
    found = entries_of(rows, at, site_url)
    return {key: calendar_with([event]) for key, event in found.items()}


def calendar_with(events: Iterable[Event]) -> bytes:
    """Return a calendar with these entries."""
    calendar = Calendar()
    calendar.add("prodid", "-//Anteroom//My learning//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for event in events:
        calendar.add_component(event)
    return calendar.to_ical()


def entries_of(
    rows: Collection[Obligation], at: dt.datetime, site_url: str
) -> dict[int, Event]:
    """Return obligation id → its entry, as `calendar_of` describes it."""
    ledger, earlier = _ledger(rows, at), earlier_dates(rows)
    found = {}
    for row in rows:
        found[row.pk] = event = _event(row, ledger[row.pk], at, site_url)
        event.add("description", _description(row, earlier.get(row.pk)))
    return found


def _event(row, ledger, at, site_url):
    day = due.day_in(row.effective_due_at, row.time_zone)
    event = Event()
    event.add("uid", f"obligation-{row.pk}@{urlsplit(site_url).hostname}")
    event.add("dtstamp", at)
    event.add("dtstart", day)
    event.add("dtend", day + dt.timedelta(days=1))
    event.add("summary", _summary(row) % {"title": row.assignment.title})
    event.add("url", f"{site_url}{reverse('my_learning')}#obligation-{row.pk}")
    event.add("created", row.created_at)
    event.add("last-modified", _last_change(row, ledger))
    event.add("sequence", _sequence(row, ledger))
    event.add("status", "CANCELLED" if row.is_called_off else "CONFIRMED")
    # It does not block time in the calendar.
    event.add("transp", "TRANSPARENT")
    return event


def _summary(row):
    if row.status == Status.PAUSED:
        return gettext("Paused, not due: %(title)s")
    return gettext("Due: %(title)s")


def _description(row, was) -> str:
    if row.status == Status.PAUSED:
        return gettext(
            "It cannot be done at the moment. The days until it can be done are added "
            "to this date."
        )
    words = gettext("Due at the end of the day (time zone: %(zone)s).")
    words %= {"zone": row.time_zone}
    if was:
        moved = gettext("The due date has changed. It was %(day)s.")
        words += " " + moved % {"day": date_format(was, "DATE_FORMAT")}
    return words


def _last_change(row, ledger) -> dt.datetime:
    known = (row.changed_at, row.assignment.changed_at)
    return max([row.created_at, *(each for each in known if each), *ledger])


def _sequence(row, ledger) -> int:
    """Return how often the entry changed; each of the three counts only increases."""
    return row.changes + row.assignment.version - 1 + len(ledger)


def _ledger(rows, at) -> dict[int, list[dt.datetime]]:
    """Return obligation id → every moment at which an exception started or ended.

    Ledger entries are never edited: they start, end or are revoked. So the number of
    these moments only increases. Pauses are counted on the obligation.
    """
    found: dict[int, list[dt.datetime]] = defaultdict(list)
    entries = ExceptionEntry.objects.filter(obligation__in=[row.pk for row in rows])
    for entry in entries:
        moments = (entry.starts_at, entry.ends_at, entry.revoked_at)
        found[entry.obligation_id] += [m for m in moments if m and m <= at]
    return found

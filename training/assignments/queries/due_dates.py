"""The due date that somebody was last sent, and whether it has moved. Reads only."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from accounts.models import User
from mail.models import Message
from training.assignments.models import ExceptionEntry, Obligation
from training.assignments.rules import due

DATE_CHANGED = "date_changed"
ASKED_AGAIN = "asked_again"


@dataclass(frozen=True)
class Reader:
    """Who is reminded of an obligation, and since when they are concerned."""

    user: User
    since: dt.datetime


@dataclass(frozen=True)
class DateSent:
    """The due date that somebody was last sent, and when.

    `changed_at` is when the last message about a change to it was sent.
    """

    due_at: dt.datetime
    sent_at: dt.datetime
    changed_at: dt.datetime | None


@dataclass(frozen=True)
class DateChange:
    """A due date that differs from the one last sent; `moved_at` is when it changed."""

    was: dt.datetime
    moved_at: dt.datetime


def readers_of(
    rows: Collection[Obligation], deputies: Mapping[int, ExceptionEntry]
) -> dict[int, Reader]:
    """Return obligation id → who is reminded; the deputy if it was handed over."""
    return {row.pk: _reader(row, deputies.get(row.pk)) for row in rows}


def _reader(row, entry):
    user = entry and entry.deputy.user
    if user and user.is_active:
        return Reader(user, entry.starts_at)
    return Reader(row.learner.user, row.created_at)


@dataclass(frozen=True)
class DueDates:
    """The due dates that were sent for some obligations, and which have moved since.

    `asked_again_at` is when people were last told that something is asked of them again
    after a waiver, or now if they are about to be.
    """

    sent: Mapping[int, DateSent]
    extended_at: Mapping[int, dt.datetime]
    asked_again_at: Mapping[int, dt.datetime]

    def change_of(self, row: Obligation) -> DateChange | None:
        """Return how the date has moved since it was last sent."""
        last = self.sent.get(row.pk)
        if last is None or not row.assignment.notify_date_changes:
            return None
        day, now = (
            due.day_in(moment, row.time_zone)
            for moment in (last.due_at, row.effective_due_at)
        )
        if day == now:
            return None
        moved = [last.sent_at, row.changed_at, self.extended_at.get(row.pk)]
        return DateChange(last.due_at, max(moment for moment in moved if moment))

    def newer_on(self, row: Obligation, at: dt.datetime) -> dt.date | None:
        """Return the day of the newest message about a change; today if one is due.

        That something is asked again is a change, too.
        """
        last = self.sent.get(row.pk)
        changed = at if self.change_of(row) else last and last.changed_at
        moments = [each for each in (changed, self.asked_again_at.get(row.pk)) if each]
        return due.day_in(max(moments), row.time_zone) if moments else None


def due_dates_of(
    obligations: QuerySet[Obligation],
    rows: Collection[Obligation],
    readers: Mapping[int, Reader],
    at: dt.datetime,
) -> DueDates:
    """Return what was sent for those whose date may have moved, in two or three queries.

    `rows` are the obligations that are still to be done.
    """
    extended_at = _extended_at(obligations, at)
    again = _asked_again_at(obligations, readers, at)
    if not any(row.changes or row.pk in extended_at for row in rows):
        return DueDates({}, extended_at, again)
    moved = Q(changes__gt=0) | Q(pk__in=_extensions(obligations).values("obligation"))
    return DueDates(_sent(obligations.filter(moved), readers), extended_at, again)


def _asked_again_at(obligations, readers, at) -> dict[int, dt.datetime]:
    """Return obligation id → when its reader was or will be told that it is asked again."""
    gone = [Message.State.DROPPED, Message.State.FAILED, Message.State.UNDELIVERED]
    recent = Message.objects.about(obligations).filter(
        kind=ASKED_AGAIN, scheduled_for__gt=at - dt.timedelta(days=due.STALE_DAYS)
    )
    heard = recent.exclude(state__in=gone).values_list(
        "about_id", "recipient", "sent_at"
    )
    found: dict[int, dt.datetime] = {}
    for key, recipient, sent_at in heard:
        if key in readers and readers[key].user.pk == recipient:
            found[key] = max(sent_at or at, found.get(key, sent_at or at))
    return found


def _extensions(obligations) -> QuerySet[ExceptionEntry]:
    return ExceptionEntry.objects.filter(
        obligation__in=obligations.values("pk"), kind=ExceptionEntry.Kind.EXTENSION
    )


def _extended_at(obligations, at) -> dict[int, dt.datetime]:
    """Return obligation id → when an extension last started, ended or was revoked."""
    found: dict[int, list[dt.datetime]] = defaultdict(list)
    for key, *moments in _extensions(obligations).values_list(
        "obligation", "starts_at", "ends_at", "revoked_at"
    ):
        found[key] += [moment for moment in moments if moment and moment <= at]
    return {key: max(moments) for key, moments in found.items() if moments}


def _sent(moved, readers) -> dict[int, DateSent]:
    """Return obligation id → the date last sent to the person who is now reminded."""
    rows = (
        Message.objects.about(moved)
        .filter(state=Message.State.SENT, why__has_key="due")
        .order_by("sent_at", "pk")
        .values_list("about_id", "recipient", "kind", "why__due", "sent_at")
    )
    found: dict[int, DateSent] = {}
    for key, recipient, kind, due_at, sent_at in rows:
        if key in readers and readers[key].user.pk == recipient:
            known = found.get(key)
            changed_at = known and known.changed_at
            found[key] = DateSent(
                dt.datetime.fromisoformat(due_at),
                sent_at,
                sent_at if kind == DATE_CHANGED else changed_at,
            )
    return found


def earlier_dates(rows: Collection[Obligation]) -> dict[int, dt.date]:
    """Return obligation id → the due date before it moved, if it did.

    This is the last different date that somebody was sent, or the first one. One query.
    """
    now = {row.pk: due.day_in(row.effective_due_at, row.time_zone) for row in rows}
    found = {row.pk: due.day_in(row.due_at, row.time_zone) for row in rows}
    zones = {row.pk: row.time_zone for row in rows}
    sent = Message.objects.about(Obligation.objects.filter(pk__in=list(now))).filter(
        state=Message.State.SENT, why__has_key="due"
    )
    in_order = sent.order_by("sent_at", "pk").values_list("about_id", "why__due")
    for key, due_at in in_order:
        day = due.day_in(dt.datetime.fromisoformat(due_at), zones[key])
        if day != now[key]:
            found[key] = day
    return {key: day for key, day in found.items() if day != now[key]}

"""When somebody could not do an assignment because a quiz was paused. Pure.

A quiz pauses when its lesson is too long past its review date
(`course.rules.review_dates`). While something cannot be done it is not due, and each
day of the pause, even a partial one, is added to the due date. So a pause makes nobody
later, or less late, than before.

Past pauses are worked out from records: a page only knows its current review date, so
each date is recorded with the moment from which it applied, on publishing and, as
publishing can be missed, by the worker. Every pause of a quiz follows from these
records, even one that started and ended while no worker ran. (Revisions would not do:
they are pruned, dates can change without one, and they do not contain the course's
grace period.)
The result for one person is stored on the obligation, because what they had passed by
then depends on questions and rules that may change later.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from training.assignments.rules import due

ONE_DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class LastDayRecord:
    """The last day of a quiz, as known from a given moment."""

    last_day: dt.date
    since: dt.datetime


@dataclass(frozen=True, order=True)
class Span:
    """The start and end of a pause; an end of None means that it is still going on."""

    starts_at: dt.datetime
    ends_at: dt.datetime | None

    def covers(self, moment: dt.datetime) -> bool:
        """Return whether the moment is in the pause."""
        return self.starts_at <= moment and (
            self.ends_at is None or moment < self.ends_at
        )

    def within(self, since: dt.datetime, until: dt.datetime | None) -> "Span | None":
        """Return the part between the moments, or None."""
        ends = [each for each in (self.ends_at, until) if each]
        part = Span(max(self.starts_at, since), min(ends, default=None))
        is_empty = part.ends_at is not None and part.ends_at <= part.starts_at
        return None if is_empty else part


def pauses_of_quiz(records: Sequence[LastDayRecord], zone: str) -> list[Span]:
    """Return when the quiz was paused, from its records in chronological order.

    Days are in the zone. The last pause may start in the future.
    """
    untils = [*(each.since for each in records[1:]), None]
    starts = [due.start_of_day(each.last_day + ONE_DAY, zone) for each in records]
    spans = [
        Span(start, None).within(each.since, until)
        for each, start, until in zip(records, starts, untils, strict=True)
    ]
    return join_spans(span for span in spans if span)


def join_spans(spans: Iterable[Span]) -> list[Span]:
    """Return the spans in chronological order, with touching ones merged."""
    found: list[Span] = []
    for span in sorted(spans, key=lambda each: each.starts_at):
        last = found[-1] if found else None
        if last is None or (last.ends_at and last.ends_at < span.starts_at):
            found.append(span)
        elif last.ends_at and (span.ends_at is None or span.ends_at > last.ends_at):
            found[-1] = Span(last.starts_at, span.ends_at)
    return found


def span_without(span: Span, known: Iterable[Span]) -> Span | None:
    """Return the part of the span after the known ones it overlaps, or None."""
    left: Span | None = span
    for each in sorted(known, key=lambda one: one.starts_at):
        if left and left.within(each.starts_at, each.ends_at):
            left = left.within(each.ends_at, None) if each.ends_at else None
    return left


def pauses_of_duty(
    lessons: Mapping[str, dt.datetime | None],
    pauses: Mapping[str, Sequence[Span]],
    opens_at: dt.datetime,
    at: dt.datetime,
) -> list[Span]:
    """Return when somebody could not do what they were asked, up to the moment.

    `lessons` maps each required lesson to when the person did it, or None. A quiz that
    pauses after that does not matter.
    """
    parts = [
        span.within(opens_at, done_at)
        for key, done_at in lessons.items()
        for span in pauses.get(key, ())
    ]
    return join_spans(part for part in parts if part and part.starts_at <= at)


def days_paused(spans: Collection[Span], zone: str, since: dt.datetime) -> int:
    """Return the number of days in the zone on which it was paused from then on.

    A day counts once, even if it was only partly paused; pauses still going on do not
    count yet.
    """
    days: set[dt.date] = set()
    for span in spans:
        part = span.within(since, None)
        if part and part.ends_at:
            first, last = (
                due.day_in(moment, zone) for moment in (part.starts_at, part.ends_at)
            )
            days |= {first + n * ONE_DAY for n in range((last - first).days + 1)}
    return len(days)


def moved_due(
    due_at: dt.datetime, spans: Collection[Span], zone: str, since: dt.datetime
) -> dt.datetime:
    """Return the due date plus the days on which it was paused from then on."""
    days = days_paused(spans, zone, since)
    return (
        due.end_of_day(due.on_day_after(due_at, days, zone), zone) if days else due_at
    )


def after_pause(moment: dt.datetime, spans: Iterable[Span]) -> dt.datetime:
    """Return the moment, or the end of the pause that it is in."""
    ends = [span.ends_at for span in spans if span.covers(moment) and span.ends_at]
    return max(ends, default=moment)

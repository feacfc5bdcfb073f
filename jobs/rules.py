"""When recurring work is due: pure rules over times."""

import datetime as dt
from dataclasses import dataclass

SUNDAY = 6
# After so long without any recurring work, nothing runs that should run it.
QUIET = dt.timedelta(minutes=15)
# A worker gives a sign every ten seconds while it takes tasks.
LISTENS = dt.timedelta(seconds=30)


@dataclass(frozen=True)
class Recurrence:
    """Every so many minutes; or at a time of day, on one weekday where one is named."""

    minutes: int = 0
    at: dt.time = dt.time(0)
    weekday: int | None = None

    def is_due(self, now: dt.datetime, last: dt.datetime | None) -> bool:
        """Return whether its time has come since it ended well for the last time.

        `now` and `last` are moments in the zone whose clock the times are told by.
        """
        if last is None or last > now:
            return True
        if self.minutes:
            return now - last >= dt.timedelta(minutes=self.minutes)
        return last < self._newest_time(now)

    def next_time(self, now: dt.datetime) -> dt.datetime:
        """Return when it is due next; what recurs after minutes is due at once."""
        if self.minutes:
            return now
        return self._newest_time(now) + dt.timedelta(days=self._days)

    def fits(self, moment: dt.datetime) -> bool:
        """Return whether the moment is one of its times."""
        if self.minutes:
            return True
        on_this_day = self.weekday in {None, moment.weekday()}
        return on_this_day and (moment.hour, moment.minute) == (
            self.at.hour,
            self.at.minute,
        )

    @property
    def _days(self) -> int:
        return 1 if self.weekday is None else 7

    def _newest_time(self, now: dt.datetime) -> dt.datetime:
        today = now.replace(
            hour=self.at.hour, minute=self.at.minute, second=0, microsecond=0
        )
        back = 0 if self.weekday is None else (now.weekday() - self.weekday) % 7
        newest = today - dt.timedelta(days=back)
        return newest if newest <= now else newest - dt.timedelta(days=self._days)


def has_gone_quiet(now: dt.datetime, last: dt.datetime | None) -> bool:
    """Return whether recurring work should have run since `last`, its newest sign."""
    return last is None or now - last > QUIET


def is_listening(now: dt.datetime, last: dt.datetime | None) -> bool:
    """Return whether a worker whose newest sign is `last` takes what is queued now."""
    return last is not None and now - last <= LISTENS

"""What has to run beside the server, and when: names, times and a pure rule."""

import datetime as dt
from dataclasses import dataclass

SUNDAY = 6


@dataclass(frozen=True)
class Job:
    """A management command; without a time it runs in every round."""

    command: str
    every: dt.timedelta | None = None
    at: dt.time | None = None
    weekday: int | None = None

    def is_due(self, now: dt.datetime, last: dt.datetime | None) -> bool:
        """Return whether its time has come since it ended well for the last time.

        `now` and `last` are moments in the zone whose clock the times are told by.
        """
        if last is None or last > now:
            return True
        if self.every:
            return now - last >= self.every
        return self.at is None or last < self._newest_time(now, self.at)

    def _newest_time(self, now: dt.datetime, at: dt.time) -> dt.datetime:
        today = now.replace(hour=at.hour, minute=at.minute, second=0, microsecond=0)
        back = 0 if self.weekday is None else (now.weekday() - self.weekday) % 7
        newest = today - dt.timedelta(days=back)
        period = 1 if self.weekday is None else 7
        return newest if newest <= now else newest - dt.timedelta(days=period)


OFTEN = dt.timedelta(minutes=10)

JOBS = (
    Job("publish_scheduled"),
    Job("send_due_reminders"),
    # What was copied for one visit, such as an address to which a code went.
    Job("clearsessions", every=OFTEN),
    Job("prune_cache", every=OFTEN),
    Job("purge_learners", at=dt.time(3, 15)),
    Job("apply_retention", at=dt.time(3, 45), weekday=SUNDAY),
)

"""When may mail not leave? A pure rule over clocks and zones."""

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

QUIET_FROM = dt.time(20)
QUIET_UNTIL = dt.time(7)


@dataclass(frozen=True)
class QuietHours:
    """The hours of a time zone in which no mail leaves; they may go over midnight.

    Beginning and ending at the same time means that there are none.
    """

    zone: str
    begins: dt.time = QUIET_FROM
    ends: dt.time = QUIET_UNTIL

    def quiet_until(self, moment: dt.datetime) -> dt.datetime | None:
        """Return when the quiet hours end in which the moment lies, in UTC; else None."""
        local = moment.astimezone(ZoneInfo(self.zone))
        if not self._covers(local.time()):
            return None
        over_midnight = self.begins > self.ends and local.time() >= self.begins
        day = local.date() + dt.timedelta(days=over_midnight)
        # In the hour that a clock shows twice, the end is that of the same showing.
        end = dt.datetime.combine(day, self.ends, ZoneInfo(self.zone))
        return end.replace(fold=local.fold).astimezone(dt.UTC)

    def _covers(self, time: dt.time) -> bool:
        if self.begins <= self.ends:
            return self.begins <= time < self.ends
        return time >= self.begins or time < self.ends

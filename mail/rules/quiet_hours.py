"""When mail may not be sent. A pure rule over times and zones."""

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

QUIET_FROM = dt.time(20)
QUIET_UNTIL = dt.time(7)


@dataclass(frozen=True)
class QuietHours:
    """The hours in a time zone in which no mail is sent; they may span midnight.

    If they start and end at the same time, there are none.
    """

    zone: str
    begins: dt.time = QUIET_FROM
    ends: dt.time = QUIET_UNTIL

    def quiet_until(self, moment: dt.datetime) -> dt.datetime | None:
        """Return the end of the quiet hours around the moment, in UTC, or None."""
        local = moment.astimezone(ZoneInfo(self.zone))
        if not self._covers(local.time()):
            return None
        over_midnight = self.begins > self.ends and local.time() >= self.begins
        day = local.date() + dt.timedelta(days=over_midnight)
        # In the hour that a clock shows twice, the end is in the same occurrence.
        end = dt.datetime.combine(day, self.ends, ZoneInfo(self.zone))
        return end.replace(fold=local.fold).astimezone(dt.UTC)

    def _covers(self, time: dt.time) -> bool:
        if self.begins <= self.ends:
            return self.begins <= time < self.ends
        return time >= self.begins or time < self.ends

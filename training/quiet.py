"""When may mail not leave? A pure rule over clocks and zones."""

import datetime as dt
from zoneinfo import ZoneInfo


def quiet_until(
    moment: dt.datetime, zone: str, begins: dt.time, ends: dt.time
) -> dt.datetime | None:
    """Return when the quiet hours end in which the moment lies, in UTC; else None.

    They may go over midnight. Beginning and ending at the same time means that there
    are none.
    """
    local = moment.astimezone(ZoneInfo(zone))
    if not _is_within(local.time(), begins, ends):
        return None
    over_midnight = begins > ends and local.time() >= begins
    day = local.date() + dt.timedelta(days=over_midnight)
    # In the hour that a clock shows twice, the end is that of the same showing.
    end = dt.datetime.combine(day, ends, ZoneInfo(zone)).replace(fold=local.fold)
    return end.astimezone(dt.UTC)


def _is_within(time: dt.time, begins: dt.time, ends: dt.time) -> bool:
    if begins <= ends:
        return begins <= time < ends
    return time >= begins or time < ends

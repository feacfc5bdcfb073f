"""All time zones that the zone database has, and days of which anything may be true."""

import datetime as dt
import zoneinfo
from itertools import groupby

from hypothesis import strategies as st

ALL_ZONES = sorted(zoneinfo.available_timezones())
AREAS = {
    area: list(zones)
    for area, zones in groupby(ALL_ZONES, lambda zone: zone.partition("/")[0])
}
"""Area → its zones; a zone without one is an area of its own."""
FIRST, LAST = dt.date(2024, 1, 1), dt.date(2040, 12, 31)

# Clocks are put back at midnight, forward at midnight; half hours; both ends of the
# world; a fortnight of daylight saving in the other direction; none at all.
ODD_ZONES = (
    "America/Santiago",
    "Africa/Cairo",
    "America/Havana",
    "Asia/Beirut",
    "Australia/Lord_Howe",
    "America/St_Johns",
    "Pacific/Apia",
    "Pacific/Kiritimati",
    "Etc/GMT+12",
    "Africa/Casablanca",
    "Antarctica/Troll",
    "Europe/Berlin",
    "UTC",
)
# Odd ones come often, all others now and then.
zones = st.sampled_from(ODD_ZONES) | st.sampled_from(ALL_ZONES)

_edges = st.builds(
    lambda year, month, back: (
        dt.date(year + month // 12, month % 12 + 1, 1) - dt.timedelta(days=back)
    ),
    st.integers(FIRST.year, LAST.year - 1),
    st.integers(1, 12),
    st.integers(0, 4),
)
# The ends of months, leap days among them, as often as all other days.
days = _edges | st.dates(FIRST, LAST)


def moments_on(day):
    """Any second around the day, in UTC."""
    midnight = dt.datetime.combine(day, dt.time(), dt.UTC)
    seconds = st.integers(-15 * 3600, 39 * 3600)
    return seconds.map(lambda count: midnight + dt.timedelta(seconds=count))


moments = days.flatmap(moments_on)


def days_around_changes(zone):
    """The days from FIRST to LAST on which the zone's clocks change, with neighbours."""
    zone, found, day = zoneinfo.ZoneInfo(zone), set(), FIRST
    offset = _offset(day, zone)
    while day < LAST:
        day += dt.timedelta(days=1)
        if _offset(day, zone) != offset:
            offset = _offset(day, zone)
            found |= {day + dt.timedelta(days=n) for n in range(-2, 3)}
    return sorted(found)


def _offset(day, zone):
    return dt.datetime.combine(day, dt.time(12), zone).utcoffset()

"""The short list of time zones that people choose from."""

import datetime as dt
from zoneinfo import ZoneInfo, available_timezones

from django.conf import settings

ZONES = settings.WAGTAIL_USER_TIME_ZONES
SUMMER, WINTER = dt.datetime(2026, 7, 1), dt.datetime(2026, 1, 1)  # noqa: DTZ001
HOUR = dt.timedelta(hours=1)


def test_each_is_known_and_named_once():
    assert set(ZONES) <= available_timezones()
    assert len(set(ZONES)) == len(ZONES)


def test_none_has_an_old_name_that_browsers_may_not_know():
    areas = ("Africa", "America", "Asia", "Atlantic", "Australia", "Europe", "Pacific")
    assert [z for z in ZONES if z != "UTC" and not z.startswith(areas)] == []


def test_there_is_one_for_each_hour_where_many_people_live():
    offsets = {
        ZoneInfo(zone).utcoffset(at) for zone in ZONES for at in (SUMMER, WINTER)
    }
    assert {HOUR * n for n in range(-10, 14)} <= offsets


def test_the_list_is_short():
    assert len(ZONES) < 100

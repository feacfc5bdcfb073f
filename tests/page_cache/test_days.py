"""The day that what is kept depends on is the site's, to the minute."""

import datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from page_cache.days import local_day

MIDNIGHT = datetime.datetime(2026, 11, 30, tzinfo=datetime.UTC)


@pytest.fixture
def at(monkeypatch):
    def set_clock(moment):
        monkeypatch.setattr(timezone, "now", lambda: moment)

    return set_clock


@pytest.mark.parametrize("zone", ["UTC", "Asia/Kathmandu", "Pacific/Chatham"])
def test_the_day_changes_at_midnight_in_the_zone(at, zone):
    with timezone.override(zone):
        midnight = MIDNIGHT.replace(tzinfo=ZoneInfo(zone))
        at(midnight - datetime.timedelta(microseconds=1))
        assert local_day() == "2026-11-29"
        at(midnight)
        assert local_day() == "2026-11-30"


def test_another_zone_may_have_another_day_at_the_same_moment(at):
    at(MIDNIGHT)
    with timezone.override("America/New_York"):
        assert local_day() == "2026-11-29"
    with timezone.override("Asia/Tokyo"):
        assert local_day() == "2026-11-30"

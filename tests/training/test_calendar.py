"""Due dates for the calendar: the right day, replaced when it moves."""

import datetime as dt

import pytest
import time_machine
from icalendar import Calendar

from tests.factories import UserFactory, a_course
from tests.training.outbox import START, an_exception, days, the_obligation
from tests.training.teams import a_member, a_team, an_assignment
from training.models import Obligation, Team

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(START, tick=False) as traveller:
        yield traveller


@pytest.fixture
def team():
    return a_team(time_zone="Pacific/Auckland")


@pytest.fixture
def learner(client, team):
    learner = a_member(team)
    client.force_login(learner.user)
    return learner


def events(client, path="/my-learning/calendar.ics"):
    response = client.get(path)
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    return list(Calendar.from_ical(response.content).walk("VEVENT"))


def test_each_open_obligation_is_a_day_of_its_own_time_zone(client, team, learner):
    an_assignment(a_course(), team, title="Safety", due_on=dt.date(2026, 4, 3))
    assert the_obligation().due_at.date() == dt.date(2026, 4, 3)
    event = events(client)[0]
    assert event["DTSTART"].dt == dt.date(2026, 4, 3)
    assert event["DTEND"].dt == dt.date(2026, 4, 4)
    assert event["SUMMARY"] == "Due: Safety"
    assert event["UID"] == f"obligation-{the_obligation().pk}@127.0.0.1"
    assert "Pacific/Auckland" in event["DESCRIPTION"]
    assert event["SEQUENCE"] == 0


def test_the_day_is_not_that_of_the_server(client, team, learner):
    Team.objects.update(time_zone="Pacific/Kiritimati")
    an_assignment(a_course(), team, due_on=dt.date(2026, 4, 3))
    Obligation.objects.update(due_at=dt.datetime(2026, 4, 2, 10, tzinfo=dt.UTC))
    assert events(client)[0]["DTSTART"].dt == dt.date(2026, 4, 3)


def test_an_extension_keeps_the_uid_and_raises_the_sequence(
    client, team, learner, clock
):
    an_assignment(a_course(), team)
    before = events(client)[0]
    clock.move_to(days(1))
    an_exception(the_obligation(), kind="extension", due_at=days(50), ends_at=days(40))
    after = events(client)[0]
    assert after["UID"] == before["UID"]
    assert after["DTSTART"].dt > before["DTSTART"].dt
    assert after["LAST-MODIFIED"].dt == days(1)
    clock.move_to(days(40))
    client.force_login(learner.user)
    fallen_back = events(client)[0]
    assert fallen_back["DTSTART"].dt == before["DTSTART"].dt
    assert [e["SEQUENCE"] for e in (before, after, fallen_back)] == [0, 1, 2]


def test_one_obligation_can_be_had_alone(client, team, learner):
    an_assignment(a_course(), team, title="One")
    an_assignment(a_course(), team, title="Two")
    two = Obligation.objects.get(assignment__title="Two")
    assert len(events(client)) == 2
    alone = events(client, f"/my-learning/{two.pk}/calendar.ics")
    assert [event["SUMMARY"] for event in alone] == ["Due: Two"]


def test_nobody_gets_the_dates_of_others(client, team, learner):
    an_assignment(a_course(), team)
    path = f"/my-learning/{the_obligation().pk}/calendar.ics"
    assert client.get(path).status_code == 200
    client.force_login(UserFactory())
    assert client.get(path).status_code == 404
    assert events(client) == []


def test_what_is_done_waived_or_handed_over_is_left_out(client, team, learner):
    an_assignment(a_course(), team, title="Waived")
    an_exception(the_obligation(), kind="waiver")
    an_assignment(a_course(), team, title="Given away")
    deputy = a_member(a_team("Ward 4"))
    given = Obligation.objects.get(assignment__title="Given away")
    an_exception(given, kind="hand_over", deputy=deputy)
    assert events(client) == []
    client.force_login(deputy.user)
    assert [event["SUMMARY"] for event in events(client)] == ["Due: Given away"]

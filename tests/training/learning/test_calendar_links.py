"""Staff subscribe to their due dates by a secret link, which can be revoked."""

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from icalendar import Calendar

from accounts.register import account_holdings
from tests.factories import UserFactory, a_course
from tests.training.moments import clock_at
from tests.training.outbox import START, an_exception, days
from tests.training.staff import a_member, a_team, a_trainer, an_assignment
from training.assignments.actions.calendar_links import (
    make_calendar_link,
    revoke_calendar_link,
)
from training.assignments.actions.obligations import reconcile_obligations
from training.assignments.models import CalendarLink, Obligation

pytestmark = pytest.mark.django_db
clock = clock_at(START)

PAGE = reverse("my_learning_calendar_link")
REVOKE = reverse("my_learning_calendar_link_revoke")


@pytest.fixture
def team():
    return a_team()


@pytest.fixture
def anna(team):
    learner = a_member(team, first_name="Anna", email="anna@example.org")
    an_assignment(a_course(), team, title="Safety")
    return learner


def feed(token, **headers):
    """Return what a calendar gets, which is signed in as nobody."""
    path = reverse("my_learning_calendar_feed", args=[token])
    return Client().get(path, **headers)


def summaries(response):
    events = Calendar.from_ical(response.content).walk("VEVENT")
    return sorted(str(event["summary"]) for event in events)


def test_the_link_is_shown_once_and_opens_the_calendar(client, clock, anna):
    client.force_login(anna.user)
    assert "Make a link" in client.get(PAGE).text
    page = client.post(PAGE, follow=True)
    assert page.redirect_chain == [(PAGE, 302)]
    address = page.context["address"]
    assert address in page.text
    response = Client().get(address.removeprefix("http://127.0.0.1:8000"))
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert summaries(response) == ["Due: Safety"]
    clock.move_to(START + dt.timedelta(minutes=11))
    again = client.get(PAGE).text
    assert address not in again
    assert "You made a link on 4 March 2026." in again


def test_of_the_link_only_a_digest_is_stored(anna):
    token = make_calendar_link(user=anna.user, at=START)
    assert len(token) == 32
    assert token not in str(CalendarLink.objects.values().get())


def test_nobody_else_on_the_browser_sees_the_link(client, anna):
    client.force_login(anna.user)
    client.post(PAGE)
    other = UserFactory()
    make_calendar_link(user=other, at=START)
    client.force_login(other)
    assert client.get(PAGE).context["address"] == ""


@pytest.mark.parametrize("how", ["revoked", "replaced", "closed"])
def test_a_link_that_works_no_more_is_gone(client, anna, how):
    token = make_calendar_link(user=anna.user, at=START)
    assert feed(token).status_code == 200
    client.force_login(anna.user)
    if how == "revoked":
        assert client.post(REVOKE).status_code == 302
    elif how == "replaced":
        client.post(PAGE)
    else:
        type(anna.user).objects.filter(pk=anna.user.pk).update(is_active=False)
    response = feed(token)
    assert response.status_code == 410
    assert "Safety" not in response.text
    assert "This link was revoked." in response.text


def test_a_link_that_never_was_is_not_found(db):
    assert feed("a" * 32).status_code == 404


def test_both_change_by_post_only_and_for_whoever_is_signed_in(client, anna):
    assert client.post(PAGE).status_code == 302
    assert client.post(REVOKE).status_code == 302
    assert not CalendarLink.objects.exists()
    client.force_login(anna.user)
    assert client.get(REVOKE).status_code == 405


def test_reading_writes_nothing_and_sets_no_cookie(anna):
    token = make_calendar_link(user=anna.user, at=START)
    with CaptureQueriesContext(connection) as captured:
        response = feed(token)
    writes = [q["sql"] for q in captured if not q["sql"].startswith("SELECT")]
    assert (writes, dict(response.cookies)) == ([], {})
    assert response["Cache-Control"] == "private, no-cache"


def test_what_did_not_change_is_not_sent_again(clock, anna):
    token = make_calendar_link(user=anna.user, at=START)
    tag = feed(token)["ETag"]
    clock.move_to(days(1))
    assert feed(token, HTTP_IF_NONE_MATCH=tag).status_code == 304
    row = Obligation.objects.get()
    later = row.due_at + dt.timedelta(days=9)
    an_exception(row, kind="extension", due_at=later)
    assert feed(token, HTTP_IF_NONE_MATCH=tag).status_code == 200


def test_a_trainers_calendar_counts_and_names_nobody(anna, team):
    tom = a_trainer(team, email="tom@example.org")
    a_member(team, first_name="Bela", email="bela@example.org")
    a_member(a_team("Ward 4"), email="carla@example.org")
    an_assignment(a_course(), a_team("Ward 5"), title="Not his")
    reconcile_obligations(at=START)
    response = feed(make_calendar_link(user=tom, at=START))
    assert summaries(response) == ["Due: Safety, Ward 3 (2 people)"]
    for name in ("Anna", "Bela", "example.org"):
        assert name not in response.text
    [event] = Calendar.from_ical(response.content).walk("VEVENT")
    assert event.decoded("dtstart") == dt.date(2026, 4, 3)


def test_whoever_trains_no_more_gets_no_counts(anna, team):
    tom = a_trainer(team, email="tom@example.org")
    token = make_calendar_link(user=tom, at=START)
    tom.learner.memberships.update(left_at=START)
    assert summaries(feed(token)) == []


@pytest.mark.parametrize("people", [2, 12])
def test_a_feed_costs_the_same_for_few_and_many(team, people):
    tom = a_trainer(team, email="tom@example.org")
    for _person in range(people):
        a_member(team)
    an_assignment(a_course(), team, title="Safety")
    an_assignment(a_course(), people=[tom.learner], title="His own")
    token = make_calendar_link(user=tom, at=START)
    with CaptureQueriesContext(connection) as captured:
        response = feed(token)
    assert summaries(response)[0] == "Due: His own"
    assert f"({people} people)" in summaries(response)[1]
    assert len(captured) <= 12, [q["sql"] for q in captured]


def test_links_are_named_in_what_is_held_and_forgotten(anna):
    make_calendar_link(user=anna.user, at=START)
    revoke_calendar_link(user=anna.user, at=days(1))
    [held] = [each for each in account_holdings() if each.name == "calendar_links"]
    assert held.export(anna.user) == [
        {"made": START.isoformat(), "revoked": days(1).isoformat()}
    ]
    held.erase(anna.user, days(2))
    assert held.export(anna.user) == []

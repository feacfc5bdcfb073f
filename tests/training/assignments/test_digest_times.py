"""Each trainer gets the weekly digest at the day and hour of their choice."""

import datetime as dt

import pytest
from django.core import mail
from django.urls import reverse

from accounts.register import account_holdings
from tests.factories import a_course
from tests.training.moments import clock_at
from tests.training.outbox import START, days, run_worker
from tests.training.staff import a_member, a_team, a_trainer, an_assignment
from training.assignments.actions.digests import choose_digest_time
from training.assignments.models import DigestTime

pytestmark = [pytest.mark.django_db, pytest.mark.long]
# A Wednesday, 9:00.
clock = clock_at(START)

DIGEST = "Who is behind in your teams"
PATH = reverse("wagtailadmin_account")


@pytest.fixture
def team():
    """A team in which somebody is behind from day 31, a Saturday, on."""
    team = a_team()
    a_member(team)
    an_assignment(a_course(), team, title="Safety")
    return team


@pytest.fixture
def tom(team):
    return a_trainer(team, first_name="Tom", last_name="Ray", email="tom@example.org")


def digests_on(clock, *moments):
    """Run the worker twice at each moment; return the moments of Tom's digests."""
    found = []
    for moment in moments:
        clock.move_to(moment)
        before = len(mail.outbox)
        run_worker()
        run_worker()
        new = [m for m in mail.outbox[before:] if m.to == ["tom@example.org"]]
        found += [moment for m in new if m.subject == DIGEST]
    return found


def at_hour(number, hour, minute=0):
    return days(number).replace(hour=hour, minute=minute)


def test_it_comes_on_mondays_at_seven_unless_chosen(clock, tom):
    found = digests_on(clock, at_hour(33, 6, 59), at_hour(33, 7), at_hour(34, 7))
    assert found == [at_hour(33, 7)]


def test_it_comes_at_the_chosen_hour_also_in_the_evening(clock, tom):
    choose_digest_time(user=tom, weekday=3, hour=21, at=days(31))
    moments = [at_hour(33, 7), at_hour(36, 20, 59), at_hour(36, 21), at_hour(37, 9)]
    assert digests_on(clock, *moments, at_hour(43, 21)) == [
        at_hour(36, 21),
        at_hour(43, 21),
    ]


def test_another_trainer_keeps_their_own_day(clock, team, tom):
    a_trainer(team, email="uma@example.org")
    choose_digest_time(user=tom, weekday=3, hour=21, at=days(31))
    assert digests_on(clock, at_hour(33, 8)) == []
    assert [m.to for m in mail.outbox if m.subject == DIGEST] == [["uma@example.org"]]


def test_a_day_that_has_passed_is_not_made_up_for(clock, tom):
    # On Thursday somebody chooses Wednesday: the next one is meant.
    choose_digest_time(user=tom, weekday=2, hour=8, at=days(36))
    assert digests_on(clock, days(36), days(41), days(42)) == [days(42)]


def test_choosing_the_same_again_changes_nothing(tom):
    choose_digest_time(user=tom, weekday=2, hour=8, at=days(1))
    choose_digest_time(user=tom, weekday=2, hour=8, at=days(2))
    assert DigestTime.objects.get().chosen_at == days(1)


def form_of(page):
    panels = [each for row in page.context["panels_by_tab"].values() for each in row]
    fields = [field for panel in panels for field in panel.get_form()]
    values = {field.html_name: field.value() for field in fields}
    return {
        name: value if value or value == 0 else "" for name, value in values.items()
    }


def test_a_trainer_chooses_it_in_their_account(client, clock, tom):
    client.force_login(tom)
    page = client.get(PATH)
    sent = form_of(page)
    assert (sent["digest-weekday"], sent["digest-hour"]) == (0, 7)
    assert "Who is behind, once a week" in page.text
    sent |= {"digest-weekday": "4", "digest-hour": "16"}
    assert client.post(PATH, sent).status_code == 302
    row = DigestTime.objects.get()
    assert (row.user, row.weekday, row.hour) == (tom, 4, 16)


@pytest.mark.parametrize("wrong", [("digest-weekday", "7"), ("digest-hour", "24")])
def test_a_day_that_no_week_has_is_refused_with_a_word(client, clock, tom, wrong):
    client.force_login(tom)
    sent = form_of(client.get(PATH)) | {"digest-weekday": "1"} | dict([wrong])
    page = client.post(PATH, sent)
    assert (page.status_code, DigestTime.objects.count()) == (200, 0)
    assert "Choose one of the options" in page.text


def test_whoever_trains_nobody_is_not_asked(client, admin_user):
    client.force_login(admin_user)
    assert "digest-weekday" not in client.get(PATH).text


def test_it_is_named_in_the_mail_and_in_what_is_held_and_forgotten(clock, tom):
    digests_on(clock, at_hour(33, 8))
    assert PATH in mail.outbox[-1].body
    choose_digest_time(user=tom, weekday=6, hour=0, at=days(33))
    [held] = [each for each in account_holdings() if each.name == "digest"]
    assert held.export(tom) == {"day": "Sunday", "hour": 0}
    held.erase(tom, dt.datetime.now(dt.UTC))
    assert held.export(tom) is None

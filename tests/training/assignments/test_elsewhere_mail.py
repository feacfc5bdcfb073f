"""People learn what was recorded of them, what counts now, and what was revoked."""

import datetime as dt

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mail.actions.planning import plan_messages
from mail.actions.sending import send_due_messages
from mail.models import Message
from tests.factories import a_course
from tests.training.elsewhere.recording import on, record
from tests.training.moments import clock_at
from tests.training.outbox import START, days, run_worker, subjects
from tests.training.staff import a_member, a_team, a_trainer, an_assignment
from training.assignments.actions.completions import (
    record_completions,
    revoke_completion,
)

pytestmark = pytest.mark.django_db
clock = clock_at(START)

ANNA = "anna@example.org"
YEARLY = {"recurs_every_months": 12, "recurs_from": "completion", "window_days": 30}


@pytest.fixture
def team():
    return a_team()


@pytest.fixture
def trainer(team):
    return a_trainer(team, first_name="Tom", last_name="Ray", email="tom@example.org")


@pytest.fixture
def course():
    return a_course(title="Safety")


@pytest.fixture
def anna(team):
    return a_member(team, email=ANNA, first_name="Anna")


@pytest.fixture
def asked(team, course, anna):
    """Asked of Anna each year, and said so."""
    found = an_assignment(course, team, title="Safety each year", **YEARLY)
    run_worker()
    return found


def bodies(to=ANNA):
    return [message.body for message in mail.outbox if to in message.to]


def revoke(completion, by, at):
    revoke_completion(completion=completion, reason="Forged", by=by, at=at)


def test_what_was_recorded_says_what_counts_and_until_when(
    clock, anna, asked, team, course, trainer
):
    clock.move_to(days(5))
    record(anna, team, course, trainer, days_ago=2)
    run_worker()
    run_worker()
    assert subjects(ANNA)[1:] == ["Completed elsewhere: Safety"]
    words = bodies()[-1]
    assert "Tom Ray has recorded that you completed this elsewhere:" in words
    assert "Safety, 7 March 2026 (Red Cross)" in words
    assert "“Safety each year” is done, and is valid until 7 March 2027." in words


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, "It was asked of you later, and what was done before does not count."),
        ({"elsewhere_counts": False}, "It has to be done on this site."),
    ],
)
def test_what_does_not_count_says_why_and_what_is_due(
    anna, team, course, trainer, fields, said
):
    an_assignment(course, team, title="Safety each year", **fields)
    record(anna, team, course, trainer, days_ago=3)
    run_worker()
    assert f"has to be done by 3 April 2026. {said}" in bodies()[-1]


def test_what_nobody_asks_for_is_said_too(anna, team, course, trainer):
    record(anna, team, course, trainer)
    run_worker()
    assert "Nobody asks you for this course at the moment." in bodies()[-1]


def test_a_file_gives_each_person_one_mail_that_lists_all(anna, team, course, trainer):
    other, bela = a_course(title="Hygiene"), a_member(team, email="bela@example.org")
    rows = [
        (anna.pk, on(dt.date(2026, 3, 1), course)),
        (anna.pk, on(dt.date(2026, 3, 2), other)),
        (bela.pk, on(dt.date(2026, 3, 2), other)),
    ]
    record_completions(team=team, rows=rows, by=trainer, at=START)
    run_worker()
    assert subjects(ANNA) == ["What you completed elsewhere"]
    assert "Safety, 1 March 2026" in bodies()[0]
    assert "Hygiene, 2 March 2026" in bodies()[0]
    assert subjects("bela@example.org") == ["Completed elsewhere: Hygiene"]


def test_what_was_revoked_says_what_is_due_now(
    clock, anna, asked, team, course, trainer
):
    completion = record(anna, team, course, trainer)
    run_worker()
    clock.move_to(days(3))
    revoke(completion, trainer, days(3))
    run_worker()
    run_worker()
    assert subjects(ANNA)[2:] == ["Completed elsewhere, no longer counted: Safety"]
    words = bodies()[-1]
    assert "Tom Ray has revoked the record" in words
    assert "“Safety each year” has to be done by 3 April 2026." in words
    # Why is on their page; mail is read by others.
    assert "Forged" not in words


def test_what_is_revoked_before_they_heard_of_it_is_not_told(
    clock, anna, asked, team, course, trainer
):
    completion = record(anna, team, course, trainer)
    plan_messages(at=START)
    soon = START + dt.timedelta(minutes=1)
    revoke(completion, trainer, soon)
    clock.move_to(soon)
    assert send_due_messages(at=soon).dropped == 1
    run_worker()
    assert subjects(ANNA) == ["To learn: Safety each year"]


def test_whoever_was_late_gets_no_second_mail_that_it_is_done(
    clock, anna, asked, team, course, trainer
):
    clock.move_to(days(31))
    run_worker()
    assert subjects(ANNA)[-1] == "Overdue: Safety each year"
    record(anna, team, course, trainer)
    run_worker()
    assert subjects(ANNA)[-2:] == [
        "Overdue: Safety each year",
        "Completed elsewhere: Safety",
    ]


@pytest.mark.sweep
@pytest.mark.parametrize("people", [2, 9])
def test_a_long_file_costs_as_many_queries_as_a_short_one(
    team, course, trainer, people
):
    learners = [a_member(team) for _person in range(people)]
    an_assignment(course, team)
    run_worker()
    rows = [(each.pk, on(dt.date(2026, 3, 4), course)) for each in learners]
    record_completions(team=team, rows=rows, by=trainer, at=START)
    plan_messages(at=START)
    told = Message.objects.filter(kind="elsewhere_recorded", state="queued")
    assert told.count() == people
    with CaptureQueriesContext(connection) as captured:
        assert send_due_messages(at=START).sent == people
    selects = [q["sql"] for q in captured if q["sql"].startswith("SELECT")]
    assert len(selects) <= 14, len(selects)

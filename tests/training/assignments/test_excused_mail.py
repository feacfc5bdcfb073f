"""Whoever need not do it hears so once, and nobody hears twice of one change."""

import datetime as dt
import uuid

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar

from mail.actions.planning import plan_messages
from mail.actions.sending import send_due_messages
from mail.models import Message
from tests.factories import a_course
from tests.training.moments import clock_at
from tests.training.outbox import START, days, run_worker, subjects, the_obligation
from tests.training.staff import a_member, a_team, a_trainer, an_assignment
from training.assignments.actions.exceptions import (
    Days,
    extend_due_date,
    hand_over,
    revoke_exception,
    waive_obligation,
)
from training.assignments.models import Assignment, Obligation

pytestmark = [pytest.mark.django_db, pytest.mark.long]
clock = clock_at(START)

ANNA, BELA = "anna@example.org", "bela@example.org"
TOLD = "To learn: Safety"


@pytest.fixture
def team():
    return a_team()


@pytest.fixture
def trainer(team):
    return a_trainer(team, first_name="Tom", last_name="Ray", email="tom@example.org")


@pytest.fixture
def assignment(team, trainer):
    """Due on 3 April, and said so to Anna."""
    anna = a_member(team, email=ANNA, first_name="Anna")
    found = an_assignment(a_course(), people=[anna], title="Safety")
    run_worker()
    return found


def terms(trainer, day, **more):
    common = {"obligation": the_obligation(), "reason": "Ill", "key": uuid.uuid4()}
    return common | {"at": days(day), "by": trainer} | more


def run_on(clock, *numbers):
    for number in numbers:
        clock.move_to(days(number))
        run_worker()
        run_worker()


def entry_in(message):
    """Return the calendar entry that comes with the message."""
    [(name, content, media_type)] = message.attachments
    assert (name, media_type) == ("due-date.ics", "text/calendar")
    [event] = Calendar.from_ical(content).walk("VEVENT")
    return event


def test_a_waiver_is_told_once(clock, assignment, trainer):
    clock.move_to(days(3))
    waive_obligation(**terms(trainer, 3))
    run_on(clock, 3, 4, 16, 30, 37)
    assert subjects(ANNA) == [TOLD, "You are excused: Safety"]
    words = mail.outbox[-1].body
    assert "Hello Anna," in words
    assert "Tom Ray has excused you from “Safety”." in words
    assert "You do not need to do anything." in words
    # Why is nobody's business but theirs, and mail is read by others.
    assert "Ill" not in words + mail.outbox[-1].alternatives[0][0]


def test_a_waiver_for_some_days_says_until_when(clock, assignment, trainer):
    span = Days(until=dt.date(2026, 3, 20))
    waive_obligation(**terms(trainer, 0, days=span))
    run_on(clock, 0)
    assert "until 20 March 2026, at the end of the day" in mail.outbox[-1].body


def test_a_waiver_that_begins_later_is_told_then(clock, assignment, trainer):
    waive_obligation(**terms(trainer, 0, days=Days(since=dt.date(2026, 3, 10))))
    run_on(clock, 0, 5)
    assert subjects(ANNA) == [TOLD]
    run_on(clock, 6)
    assert subjects(ANNA) == [TOLD, "You are excused: Safety"]


def test_a_waiver_that_was_revoked_before_it_went_is_not_told(
    clock, assignment, trainer
):
    entry = waive_obligation(**terms(trainer, 0))
    assert plan_messages(at=START) == 1
    revoke_exception(entry=entry, at=START, by=trainer)
    assert send_due_messages(at=START).dropped == 1
    run_on(clock, 0, 1)
    assert subjects(ANNA) == [TOLD]


AGAIN = "Asked of you again: Safety"


def test_when_a_waiver_has_ended_it_is_said_once(clock, assignment, trainer):
    waive_obligation(**terms(trainer, 0, days=Days(until=dt.date(2026, 3, 20))))
    run_on(clock, 0, 16)
    assert AGAIN not in subjects(ANNA)
    run_on(clock, 17)
    assert subjects(ANNA)[-1] == AGAIN
    assert "It is due on Friday, 3 April 2026" in mail.outbox[-1].body
    run_on(clock, 18)
    assert subjects(ANNA).count(AGAIN) == 1


def test_a_waiver_that_was_revoked_is_over_for_whoever_was_told(
    clock, assignment, trainer
):
    entry = waive_obligation(**terms(trainer, 0))
    run_on(clock, 0, 1)
    revoke_exception(entry=entry, at=days(2), by=trainer)
    plan_messages(at=days(2))
    Assignment.objects.update(ended_at=days(2))
    assert send_due_messages(at=days(2)).dropped == 1
    Assignment.objects.update(ended_at=None)
    assert AGAIN not in subjects(ANNA)


@pytest.mark.parametrize("revoked", [False, True])
def test_what_is_overdue_when_a_waiver_ends_is_said_in_one_mail(
    clock, assignment, trainer, revoked
):
    # The day after the due date, on which “Overdue” would come, too.
    span = Days(until=None if revoked else dt.date(2026, 4, 3))
    entry = waive_obligation(**terms(trainer, 0, days=span))
    run_on(clock, 0, 30)
    if revoked:
        # In quiet hours, so that it comes on the next day.
        night = days(30) + dt.timedelta(hours=12)
        revoke_exception(entry=entry, at=night, by=trainer)
    run_on(clock, 31, 32)
    again = "Asked of you again, and overdue: Safety"
    assert subjects(ANNA) == [TOLD, "You are excused: Safety", again]
    assert "It is overdue." in mail.outbox[-1].body
    assert "It was due on 3 April 2026" in mail.outbox[-1].body
    run_on(clock, 34)
    assert subjects(ANNA)[-1] == "Overdue: Safety"


def test_both_hear_of_a_hand_over_once(clock, assignment, trainer, team):
    bela = a_member(team, email=BELA, first_name="Bela")
    clock.move_to(days(3))
    hand_over(**terms(trainer, 3, deputy=bela, days=Days(until=dt.date(2026, 3, 20))))
    run_on(clock, 3, 4)
    assert subjects(ANNA) == [TOLD, "Handed over: Safety"]
    assert subjects(BELA) == [TOLD]
    to_anna, to_bela = mail.outbox[-2:]
    if to_anna.to == [BELA]:
        to_anna, to_bela = to_bela, to_anna
    assert "Bela will do “Safety” for you." in to_anna.body
    assert "until 20 March 2026" in to_anna.body
    assert entry_in(to_bela).decoded("dtstart") == dt.date(2026, 4, 3)
    assert to_anna.attachments == []


def test_an_extension_brings_the_new_date_as_a_file(clock, assignment, trainer):
    assert mail.outbox[0].attachments == []
    clock.move_to(days(3))
    extend_due_date(**terms(trainer, 3, due_on=dt.date(2026, 4, 23)))
    run_on(clock, 3, 4)
    assert subjects(ANNA) == [TOLD, "New due date, 23 April: Safety"]
    assert "You have more time for “Safety”:" in mail.outbox[-1].body
    event = entry_in(mail.outbox[-1])
    assert event.decoded("dtstart") == dt.date(2026, 4, 23)
    assert event["status"] == "CONFIRMED"
    assert event["sequence"] > 0
    assert "It was 3 April 2026." in event["description"]


@pytest.mark.parametrize("people", [2, 9])
def test_files_cost_the_same_for_few_and_many(clock, team, trainer, people):
    for _person in range(people):
        a_member(team)
    an_assignment(a_course(), team, title="Safety")
    run_worker()
    common = {"due_on": dt.date(2026, 4, 23), "reason": "Ill", "at": START}
    for row in Obligation.objects.all():
        extend_due_date(obligation=row, key=uuid.uuid4(), by=trainer, **common)
    plan_messages(at=START)
    assert Message.objects.filter(kind="date_changed").count() == people
    with CaptureQueriesContext(connection) as captured:
        assert send_due_messages(at=START).sent == people
    selects = [q["sql"] for q in captured if q["sql"].startswith("SELECT")]
    assert len(selects) <= 16, len(selects)


def test_what_is_no_longer_asked_for_is_not_told(clock, assignment, trainer):
    waive_obligation(**terms(trainer, 0))
    plan_messages(at=START)
    Assignment.objects.update(ended_at=START)
    assert send_due_messages(at=START).dropped == 1

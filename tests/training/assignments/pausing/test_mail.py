"""A quiz that rests asks nothing of anybody: the shipped course over two years.

Its review is due on 22 May 2027 and its quizzes have 90 days of grace, so they rest from
21 August on.
"""

import datetime as dt

import pytest

from mail.models import Message
from tests.training.assignments.pausing.years import (
    BEGIN,
    due_day,
    each_day,
    learn,
    live_until,
    newest,
    on,
    renew,
    to,
)
from tests.training.outbox import an_exception
from training.assignments.models import Obligation, Pause

pytestmark = [pytest.mark.django_db, pytest.mark.sweep]


@pytest.fixture
def august(clock, course, rule, ann, bob, carl, dora):
    """It is August 2027. Ann has done it, Carl nearly, Bob nothing; Dora has longer."""
    found = live_until(clock, BEGIN)
    assert to(found, "bob") == [("2026-11-30", "To learn: Safety")]
    clock.move_to(on(2027, 6, 1))
    learn(ann, course)
    learn(carl, course, but=1)
    an_exception(newest(dora), kind="extension", due_at=on(2027, 9, 10, 23))
    live_until(clock, on(2027, 8, 10))


@pytest.fixture
def renewed(august, clock, django_capture_on_commit_callbacks):
    """The quizzes rested from 21 August, and go on since 1 October 2027."""
    live_until(clock, on(2027, 8, 17), on(2027, 8, 21))
    clock.move_to(on(2027, 10, 1, 10))
    with django_capture_on_commit_callbacks(execute=True):
        renew(dt.date(2028, 3, 1))


def test_while_quizzes_rest_nobody_is_asked_for_anything(
    clock, august, ann, bob, carl, dora
):
    found = live_until(clock, *each_day(on(2027, 8, 14), on(2027, 8, 20)))
    due_soon = [("2027-08-17", "Due on 31 August: Safety")]
    assert to(found, "ann") == []
    assert to(found, "bob") == to(found, "carl") == due_soon
    assert newest(bob).status == "due_soon"
    found = live_until(clock, *each_day(on(2027, 8, 21), on(2027, 9, 30), step=3))
    people = ("ann", "bob", "carl", "dora", "mona")
    assert [to(found, name) for name in people] == [[]] * 5
    assert not [subject for _day, subject in to(found, "tess") if "behind" in subject]
    statuses = [newest(each).status for each in (ann, bob, carl, dora)]
    assert statuses == ["done", "paused", "paused", "paused"]
    assert Obligation.objects.get(learner=ann).moved_due_at is None


def test_after_it_was_renewed_the_days_are_given_back(
    clock, renewed, course, team, bob, carl, dora
):
    # 42 days, from 21 August to 1 October.
    assert due_day(bob) == due_day(carl) == dt.date(2027, 10, 12)
    assert due_day(dora) == dt.date(2027, 10, 22)
    assert newest(bob).status == "due_soon"
    days = each_day(on(2027, 10, 2), on(2027, 10, 20))
    found = live_until(clock, on(2027, 10, 1, 11), *days)
    assert to(found, "bob") == [
        ("2027-10-01", "New due date, 12 October: Safety"),
        ("2027-10-09", "Due on 12 October: Safety"),
        ("2027-10-12", "Due today: Safety"),
        ("2027-10-13", "Overdue: Safety"),
        ("2027-10-16", "Overdue: Safety"),
        ("2027-10-19", "Overdue: Safety"),
    ]
    assert to(found, "dora") == [
        ("2027-10-01", "New due date, 22 October: Safety"),
        ("2027-10-08", "Due on 22 October: Safety"),
        ("2027-10-19", "Due on 22 October: Safety"),
    ]
    assert to(found, "mona") == [("2027-10-19", f"Long overdue in {team}: Safety")]
    assert [s for _day, s in to(found, "tess")] == ["Who is behind in your teams"]
    words = Message.objects.filter(recipient=bob.user, kind="overdue").first().text
    assert "It was due on 12 October 2027" in words
    assert "It could not be done for 42 days, which have been added." in words
    learn(bob, course)
    found = live_until(clock, on(2027, 10, 20, 13))
    assert to(found, "bob") == [("2027-10-20", "Done: Safety")]


def test_a_renewal_that_falls_into_the_next_pause_waits_for_its_end(
    clock, renewed, team, ann, django_capture_on_commit_callbacks
):
    """Ann's year is over on 1 June 2028; the quizzes rest again from 31 May on."""
    found = live_until(clock, *each_day(on(2028, 5, 2), on(2028, 6, 30), step=4))
    assert to(found, "ann") == [
        ("2028-05-02", "To learn: Safety"),
        ("2028-05-18", "Due on 1 June: Safety"),
        ("2028-05-30", "Due on 1 June: Safety"),
    ]
    assert newest(ann).status == "paused"
    clock.move_to(on(2028, 7, 1))
    with django_capture_on_commit_callbacks(execute=True):
        renew(dt.date(2029, 6, 1))
    assert due_day(ann) == dt.date(2028, 7, 3)
    found = live_until(clock, *each_day(on(2028, 7, 1, 10), on(2028, 7, 10, 10)))
    days = [day[-2:] for day, _subject in to(found, "ann")]
    assert days == ["01", "03", "04", "07", "10"]
    assert f"Long overdue in {team}: Safety" in dict(to(found, "mona")).values()
    spans = Pause.objects.filter(obligation__learner=ann).values_list("starts_at")
    assert list(spans) == [(on(2028, 5, 31, 0),)]

"""Whoever was sent a due date hears of each change of it once: the old and the new."""

import datetime as dt

import pytest
from django.core import mail

from mail.actions.planning import plan_messages
from mail.models import Message
from tests.factories import a_course
from tests.training.moments import clock_at
from tests.training.outbox import (
    START,
    an_exception,
    days,
    run_worker,
    subjects,
    the_obligation,
)
from tests.training.staff import a_member, a_team, an_assignment
from training.assignments.models import Assignment, ExceptionEntry, Obligation

pytestmark = [pytest.mark.django_db, pytest.mark.long]
clock = clock_at(START)

TOLD = "To learn: Safety"


@pytest.fixture
def learner():
    return a_member(a_team(), email="anna@example.org", first_name="Anna")


@pytest.fixture
def assignment(learner, clock):
    """Due on 3 April, and said so."""
    found = an_assignment(a_course(), people=[learner], title="Safety")
    run_worker()
    assert subjects() == [TOLD]
    return found


def extend(*, by, **fields):
    moved = the_obligation().due_at + dt.timedelta(days=by)
    return an_exception(the_obligation(), kind="extension", due_at=moved, **fields)


def live_on(clock, *numbers):
    """Run the worker twice on each of the days."""
    for number in numbers:
        clock.move_to(days(number))
        run_worker()
        run_worker()


def test_an_extension_is_told_once_with_both_dates(clock, assignment):
    clock.move_to(days(5))
    extend(by=20)
    live_on(clock, 5, 6, 7)
    assert subjects() == [TOLD, "New due date, 23 April: Safety"]
    words = mail.outbox[-1].body
    assert "It was 3 April 2026." in words
    assert "It is due on Thursday, 23 April 2026" in words


def test_each_change_is_told_also_the_way_back(clock, assignment):
    clock.move_to(days(2))
    extend(by=20, ends_at=days(4))
    live_on(clock, 2, 3, 4, 5)
    extend(by=10)
    live_on(clock, 5, 6)
    assert subjects()[1:] == [
        "New due date, 23 April: Safety",
        "New due date, 3 April: Safety",
        "New due date, 13 April: Safety",
    ]


def test_what_was_taken_back_before_it_was_sent_is_not_told(clock, assignment):
    clock.move_to(days(2))
    entry = extend(by=20)
    plan_messages(at=days(2))
    ExceptionEntry.objects.filter(pk=entry.pk).update(revoked_at=days(2))
    run_worker()
    assert subjects() == [TOLD]
    assert Message.objects.get(kind="date_changed").state == "dropped"
    clock.move_to(days(3))
    extend(by=20)
    live_on(clock, 3)
    assert subjects() == [TOLD, "New due date, 23 April: Safety"]


def test_a_change_of_the_assignment_is_told(clock, assignment):
    clock.move_to(days(2))
    Obligation.objects.all().revise(
        at=days(2), due_at=the_obligation().due_at + dt.timedelta(days=7)
    )
    live_on(clock, 2, 3)
    assert subjects() == [TOLD, "New due date, 10 April: Safety"]


def test_no_other_reminder_comes_on_that_day(clock, assignment):
    clock.move_to(days(16))
    # The same day, by another hour: nothing changed.
    Obligation.objects.all().revise(at=days(16), due_at=days(30).replace(hour=20))
    live_on(clock, 16)
    assert subjects()[1:] == ["Due on 3 April: Safety"]
    Obligation.objects.all().revise(at=days(27), due_at=days(31).replace(hour=20))
    live_on(clock, 28, 29, 31)
    assert subjects()[2:] == [
        "New due date, 4 April: Safety",
        "Due today: Safety",
    ]


def test_whoever_was_told_no_date_yet_hears_of_no_change(clock, learner):
    an_assignment(a_course(), people=[learner], title="Safety")
    extend(by=20)
    live_on(clock, 0, 1)
    assert subjects() == [TOLD]
    assert "23 April 2026" in mail.outbox[0].body


def test_what_a_reminder_said_in_the_end_counts_not_what_was_planned(clock, learner):
    an_assignment(a_course(), people=[learner], title="Safety")
    plan_messages(at=START)
    extend(by=20)
    live_on(clock, 0, 1)
    assert subjects() == [TOLD]
    assert Message.objects.get().why["due"].startswith("2026-04-23")


def test_the_assignment_may_say_that_nobody_is_told(clock, assignment):
    Assignment.objects.update(notify_date_changes=False)
    clock.move_to(days(2))
    extend(by=20)
    live_on(clock, 2, 3)
    assert subjects() == [TOLD]


def test_a_deputy_hears_of_changes_since_the_hand_over_only(clock, assignment):
    clock.move_to(days(2))
    extend(by=20)
    live_on(clock, 2)
    deputy = a_member(a_team("Ward 4"), email="bela@example.org")
    an_exception(the_obligation(), kind="hand_over", deputy=deputy, ends_at=days(20))
    live_on(clock, 3)
    extend(by=30)
    live_on(clock, 4)
    assert subjects("bela@example.org") == [TOLD, "New due date, 3 May: Safety"]
    assert subjects("anna@example.org") == [
        TOLD,
        "New due date, 23 April: Safety",
        "Handed over: Safety",
    ]
    assert "on behalf of Anna" in mail.outbox[-1].body


def test_the_log_of_mail_explains_it(client, clock, assignment, admin_user):
    clock.move_to(days(2))
    extend(by=20)
    live_on(clock, 2)
    client.force_login(admin_user)
    row = Message.objects.get(kind="date_changed")
    page = client.get(f"/admin/mail/{row.pk}/").text
    assert (
        "changed from 3 April 2026, 23:59 (UTC) to 23 April 2026, 23:59 (UTC)" in page
    )

"""What is long overdue is spoken of every week, until it is done or taken back."""

import datetime as dt

import pytest
from django.core import mail

from course.models import LessonPage
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
from tests.training.reminding import reminded_on
from tests.training.staff import a_member, a_team, an_assignment, pass_lesson
from training.assignments.rules import due

pytestmark = [pytest.mark.django_db, pytest.mark.long]

clock = clock_at(START)


@pytest.fixture
def learner():
    return a_member(a_team(), email="anna@example.org", first_name="Anna")


@pytest.fixture
def assignment(learner):
    course = a_course(lessons=1, questions=1)
    return an_assignment(course, learner.memberships.get().team, title="Safety")


def mail_on(clock, *numbers):
    """Run the worker on each of the days; return the days on which mail was sent."""
    found = []
    for day in numbers:
        clock.move_to(days(day))
        before = len(mail.outbox)
        run_worker()
        found += [day] * (len(mail.outbox) - before)
    return found


def test_after_thirty_days_overdue_it_comes_every_week(clock, assignment):
    # It is due on day 30.
    assert mail_on(clock, 60, 61, 66, 67, 68, 73, 74, 75) == [60, 67, 74]
    assert subjects() == ["Overdue: Safety"] * 3
    assert "That was 44 days ago." in mail.outbox[-1].body
    assert "every week until it is done" in mail.outbox[-1].body
    assert "every week" not in mail.outbox[0].body


def test_it_still_comes_after_years():
    cycle = due.Cycle(START, START + dt.timedelta(days=30))
    late = [
        number
        for number in range(31, 1000)
        for step in reminded_on(cycle.due_at + dt.timedelta(days=number), cycle, "UTC")
        if step.days == number
    ]
    assert late == list(range(37, 1000, 7))


def test_a_deputy_of_what_is_long_overdue_is_reminded_every_week(clock, assignment):
    run_worker()
    deputy = a_member(a_team("Ward 4"), email="bela@example.org")
    clock.move_to(days(70))
    an_exception(the_obligation(), kind="hand_over", deputy=deputy)
    mail_on(clock, 70, 73, 74, 80, 81)
    assert subjects("bela@example.org") == [
        "To learn: Safety",
        "Overdue: Safety",
        "Overdue: Safety",
    ]


@pytest.mark.parametrize("how", ["done", "taken back"])
def test_it_ends_with_the_obligation(client, clock, assignment, learner, how):
    mail_on(clock, 67)
    if how == "done":
        client.force_login(learner.user)
        pass_lesson(client, LessonPage.objects.get())
    else:
        type(assignment).objects.update(ended_at=days(67))
    mail_on(clock, 68, 73, 74, 81)
    assert subjects().count("Overdue: Safety") == 1

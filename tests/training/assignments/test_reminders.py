"""The ladder of reminders, with the clock moved through it."""

import datetime as dt
from itertools import pairwise

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext

from course.models import LessonPage
from mail.actions.planning import plan_messages
from mail.actions.sending import send_due_messages
from mail.kinds import Planning
from mail.models import Message
from tests.factories import a_course, lessons_of
from tests.training.moments import clock_at
from tests.training.outbox import (
    START,
    an_exception,
    days,
    run_worker,
    states,
    subjects,
    the_obligation,
)
from tests.training.staff import (
    Role,
    a_member,
    a_team,
    a_trainer,
    an_assignment,
    pass_lesson,
)
from training.assignments.kinds.ladder import AssignedMail
from training.assignments.rules import due
from training.teams.actions.memberships import leave_team
from training.teams.models import Team

pytestmark = [pytest.mark.django_db, pytest.mark.long]

clock = clock_at(START)


@pytest.fixture
def team():
    return a_team(manager_name="Mona", manager_email="mona@example.org")


@pytest.fixture
def learner(team):
    return a_member(team, email="anna@example.org", first_name="Anna")


@pytest.fixture
def assignment(team, learner):
    return an_assignment(a_course(lessons=1, questions=1), team, title="Safety")


def the_lesson():
    return LessonPage.objects.get()


# When an assignment that is due after 30 days is spoken of.
LADDER = (0, 16, 27, 30, 31, 34, 37, 44, 60)


def and_eves(*numbers):
    """Return these days and the day before each."""
    return sorted({day for number in numbers for day in (number - 1, number)})


def live_through(clock, numbers, runs_a_day=1):
    """Run the worker on each of the days; return the day of each mail, its subject.

    What should have come on a day left out comes on the next, as after an outage.
    """
    left_out = [after - before - 1 for before, after in pairwise(numbers)]
    assert max(left_out) <= due.STALE_DAYS
    found = []
    for day in numbers:
        clock.move_to(days(day))
        before = len(mail.outbox)
        for _run in range(runs_a_day):
            run_worker()
        found += [(day, message.subject) for message in mail.outbox[before:]]
    return found


@pytest.mark.sweep
def test_the_whole_ladder_comes_once_each(clock, assignment):
    looked_at = [*and_eves(*LADDER)[1:], 61, *and_eves(67, 74)]
    assert live_through(clock, looked_at, runs_a_day=2) == [
        (0, "To learn: Safety"),
        (16, "Due on 3 April: Safety"),
        (27, "Due on 3 April: Safety"),
        (30, "Due today: Safety"),
        (31, "Overdue: Safety"),
        (34, "Overdue: Safety"),
        (37, "Overdue: Safety"),
        (44, "Overdue: Safety"),
        (60, "Overdue: Safety"),
        (67, "Overdue: Safety"),
        (74, "Overdue: Safety"),
    ]


def test_after_an_outage_only_the_newest_step_is_sent(clock, assignment):
    for day in (0, 40, 80):
        clock.move_to(days(day))
        run_worker()
    # On day 80, the newest is that of day 74.
    assert subjects() == ["To learn: Safety", "Overdue: Safety", "Overdue: Safety"]


def test_a_day_begins_by_the_clock_of_the_team(clock, learner, team):
    Team.objects.update(
        time_zone="Pacific/Auckland", quiet_from="00:00", quiet_until="00:00"
    )
    an_assignment(a_course(), team, title="Safety", remind_days_before=[])
    run_worker()
    due_day = dt.datetime(2026, 4, 2, 11, tzinfo=dt.UTC)
    clock.move_to(due_day - dt.timedelta(minutes=1))
    run_worker()
    assert subjects() == ["To learn: Safety"]
    clock.move_to(due_day)
    run_worker()
    assert subjects() == ["To learn: Safety", "Due today: Safety"]


def test_what_falls_into_the_quiet_hours_waits_for_their_end(clock, assignment):
    clock.move_to(START.replace(hour=21))
    run_worker()
    assert subjects() == []
    clock.move_to(START.replace(hour=6, minute=59) + dt.timedelta(days=1))
    run_worker()
    assert subjects() == []
    clock.move_to(START.replace(hour=7) + dt.timedelta(days=1))
    run_worker()
    assert subjects() == ["To learn: Safety"]


def test_who_is_done_is_left_in_peace(client, clock, assignment, learner):
    run_worker()
    client.force_login(learner.user)
    pass_lesson(client, the_lesson())
    assert live_through(clock, [1, *LADDER[1:-1], 59, 60]) == []


def test_who_was_overdue_hears_that_all_is_well_once(
    client, clock, assignment, learner
):
    clock.move_to(days(31))
    run_worker()
    client.force_login(learner.user)
    pass_lesson(client, the_lesson())
    assert live_through(clock, (31, 32, 34, 37, 39)) == [(31, "Done: Safety")]


def test_between_plan_and_send_it_may_be_done(client, clock, assignment, learner):
    clock.move_to(days(31))
    plan_messages(at=days(31))
    client.force_login(learner.user)
    pass_lesson(client, the_lesson())
    assert send_due_messages(at=days(31)).dropped == 1
    assert states() == {"overdue": "dropped"}
    assert Message.objects.get().why["found"] == "done"


def test_an_extension_moves_the_ladder_and_drops_what_was_planned(clock, assignment):
    clock.move_to(days(30))
    plan_messages(at=days(30))
    later = the_obligation().due_at + dt.timedelta(days=20)
    an_exception(the_obligation(), kind="extension", due_at=later)
    assert send_due_messages(at=days(30)).dropped == 1
    assert live_through(clock, [30, *and_eves(36, 47, 50, 51)]) == [
        (36, "Due on 23 April: Safety"),
        (47, "Due on 23 April: Safety"),
        (50, "Due today: Safety"),
        (51, "Overdue: Safety"),
    ]


def test_a_waiver_silences_it_until_it_ends(clock, assignment):
    run_worker()
    an_exception(the_obligation(), kind="waiver", ends_at=days(36))
    assert live_through(clock, (1, 2, *and_eves(16, 27, 30, 34), 36, 37)) == [
        (1, "You are excused: Safety"),
        (36, "Asked of you again, and overdue: Safety"),
        (37, "Overdue: Safety"),
    ]


def test_a_deputy_hears_of_it_instead(clock, assignment, learner):
    run_worker()
    deputy = a_member(a_team("Ward 4"), email="bela@example.org")
    clock.move_to(days(20))
    plan_messages(at=days(27))
    an_exception(the_obligation(), kind="hand_over", deputy=deputy, ends_at=days(40))
    run_worker()
    [to_bela] = [m.body for m in mail.outbox if m.to == ["bela@example.org"]]
    assert "has handed “Safety” over to you" in to_bela
    live_through(clock, [21, *and_eves(27, 30, 31, 34, 37)])
    assert subjects("anna@example.org") == ["To learn: Safety", "Handed over: Safety"]
    assert subjects("bela@example.org") == [
        "To learn: Safety",
        "Due on 3 April: Safety",
        "Due today: Safety",
        "Overdue: Safety",
        "Overdue: Safety",
        "Overdue: Safety",
    ]
    assert "on behalf of Anna" in mail.outbox[-1].body


@pytest.mark.parametrize("gone", ["left", "archived", "closed", "ended"])
def test_who_is_gone_by_then_gets_nothing(clock, assignment, learner, team, gone):
    plan_messages(at=START)
    if gone == "left":
        leave_team(team=team, learner=learner, at=START)
    elif gone == "archived":
        Team.objects.update(archived_at=START)
    elif gone == "ended":
        type(assignment).objects.update(ended_at=START)
    else:
        type(learner.user).objects.filter(pk=learner.user_id).update(is_active=False)
    tally = send_due_messages(at=START)
    assert (tally.sent, tally.dropped) == (0, 1)


def test_the_manager_is_told_once_for_all_who_cross_the_line(clock, team):
    for _person in range(3):
        a_member(team)
    course = a_course()
    an_assignment(course, team, title="Safety", escalate_after_days=10)
    notified_on = {
        day
        for day, subject in live_through(clock, (39, 40, 41, 44))
        if "Long" in subject
    }
    assert notified_on == {40}
    assert subjects("mona@example.org") == ["Long overdue in Ward 3: Safety"]
    told = next(m for m in mail.outbox if m.to == ["mona@example.org"])
    assert told.body.count("days late") == 3


def test_who_was_asked_personally_has_no_manager_to_tell(clock, team, learner):
    an_assignment(a_course(), people=[learner], title="Safety", escalate_after_days=10)
    found = live_through(clock, (39, 40))
    assert found == [(39, "Overdue: Safety")]


def test_trainers_are_told_on_mondays_who_is_behind(clock, assignment, team):
    a_trainer(team, email="tom@example.org")
    a_trainer(a_team("Ward 4"), email="uma@example.org")
    a_member(team, role=Role.OBSERVER, email="otto@example.org")
    found = live_through(clock, [28, *range(30, 42), *and_eves(47)])
    assert [day for day, subject in found if "behind" in subject] == [33, 40, 47]
    assert subjects("tom@example.org") == ["Who is behind in your teams"] * 3
    assert subjects("uma@example.org") == subjects("otto@example.org") == []
    body = next(m.body for m in mail.outbox if m.to == ["tom@example.org"])
    assert "Anna: Safety, due on 3 April 2026, 3 days late" in body


def test_a_course_to_be_renewed_is_announced_as_such(client, clock, team, learner):
    course = a_course(lessons=1, questions=1)
    an_assignment(
        course, team, title="Safety", recurs_every_months=6, recurs_from="completion"
    )
    run_worker()
    client.force_login(learner.user)
    pass_lesson(client, lessons_of(course)[0])
    clock.move_to(days(184 - 30))
    run_worker()
    assert subjects() == ["To learn: Safety", "To learn: Safety"]
    assert "do “Safety” again" in mail.outbox[-1].body


def test_markup_in_names_stays_text(clock, team, assignment, learner):
    type(learner.user).objects.filter(pk=learner.user_id).update(
        first_name="<b>A&B</b>"
    )
    run_worker()
    message = mail.outbox[0]
    assert "Hello <b>A&B</b>," in message.body
    assert "Hello &lt;b&gt;A&amp;B&lt;/b&gt;," in message.alternatives[0][0]


@pytest.mark.parametrize("people", [2, 12])
def test_planning_costs_the_same_for_few_and_many(clock, team, people):
    for _person in range(people):
        a_member(team)
    an_assignment(a_course(), team)
    with CaptureQueriesContext(connection) as captured:
        assert plan_messages(at=START) == people
    # The kind of another room asks for its own rows, and has a test of its own.
    ours = [q["sql"] for q in captured if "progress_recallreminder" not in q["sql"]]
    assert len(ours) <= 18, ours


def test_planning_again_adds_nothing(assignment):
    assert plan_messages(at=START) == 1
    assert plan_messages(at=START) == 0
    wanted = AssignedMail().plan_messages(Planning(START))
    Message.objects.bulk_create(wanted, ignore_conflicts=True)
    assert Message.objects.count() == 1

"""Half of the time has gone by: one reminder more, and never beside another."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.factories import a_course
from tests.training.moments import clock_at
from tests.training.outbox import START, days, run_worker, subjects
from tests.training.reminding import a_plan, ladder_of, reminded_on
from tests.training.staff import a_member, a_team, an_assignment
from training.assignments.kinds.ladder import BeforeDueMail
from training.assignments.kinds.steps import ladder_rules
from training.assignments.rules import due
from training.assignments.rules.reminder_steps import (
    CLOSE_DAYS,
    ReminderStep,
    steps_now,
)

clock = clock_at(START)


def a_cycle(length, opening=dt.date(2026, 3, 1)):
    ending = opening + dt.timedelta(days=length)
    return due.Cycle(due.start_of_day(opening, "UTC"), due.end_of_day(ending, "UTC"))


def half_ways(length, before=(), **fields):
    steps = ladder_of(a_cycle(length), "UTC", before, half_way=True, **fields)
    return [step.days for step in steps if step.kind == "half_way"]


def test_it_comes_when_half_of_the_time_has_gone_by():
    assert half_ways(60) == [30]
    assert half_ways(61) == [30]


def test_it_counts_from_the_day_on_which_it_began_to_concern_somebody():
    late = a_cycle(60).opens_at + dt.timedelta(days=20)
    assert half_ways(60, concerns_from=late) == [20]


@pytest.mark.parametrize(
    ("length", "before"),
    [(60, [30]), (60, [27]), (60, [33]), (7, []), (1, []), (0, [])],
)
def test_it_is_left_out_where_another_reminder_is_close(length, before):
    assert half_ways(length, before) == []


@given(st.integers(0, 400), st.lists(st.integers(0, 200), max_size=5))
def test_it_never_comes_close_to_any_other(length, before):
    steps = ladder_of(a_cycle(length), "UTC", before, half_way=True)
    for step in steps:
        if step.kind == "half_way":
            near = [s for s in steps if abs((s.day - step.day).days) <= CLOSE_DAYS]
            assert near == [step]


class SameDay(BeforeDueMail):
    """Some other kind, fourteen days before, too."""

    def steps(self, plan):
        return [ReminderStep("other", plan.due - dt.timedelta(days=14), 14)]


def test_two_kinds_on_one_day_are_both_sent():
    # Once the newest alone was sent, and the other was lost for everybody.
    rules = (*ladder_rules(), SameDay().steps)
    at = a_cycle(60).opens_at + dt.timedelta(days=46, hours=9)
    steps = steps_now(a_plan(a_cycle(60), "UTC", [14, 3]), rules, at)
    assert {step.kind for step in steps} == {"before", "other"}


def test_it_is_sent_only_where_the_assignment_says_so():
    at = a_cycle(60).opens_at + dt.timedelta(days=30, hours=9)
    assert reminded_on(at, a_cycle(60), "UTC", [14, 3]) == ()
    [step] = reminded_on(at, a_cycle(60), "UTC", [14, 3], half_way=True)
    assert step.kind == "half_way"


@pytest.mark.django_db
def test_whoever_has_not_done_it_gets_it_once(clock):
    team = a_team()
    a_member(team, first_name="Anna")
    an_assignment(
        a_course(),
        team,
        title="Safety",
        due_on=days(60).date(),
        remind_half_way=True,
    )
    for number in (0, 29, 30, 31, 46):
        clock.move_to(days(number))
        run_worker()
        run_worker()
    assert subjects() == [
        "To learn: Safety",
        "Half of the time has passed: Safety",
        "Due on 3 May: Safety",
    ]

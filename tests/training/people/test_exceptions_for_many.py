"""Many people get more time, are let off, or are asked for one more assignment."""

import datetime as dt

import pytest

from tests.factories import a_course
from tests.training.moments import clock_at
from tests.training.outbox import START
from tests.training.people.acting import boxes_of, press
from tests.training.staff import a_member, a_team, an_assignment
from training.assignments.actions.assignments import end_assignment
from training.assignments.models import ExceptionEntry, Obligation
from training.teams import log

pytestmark = [pytest.mark.django_db, pytest.mark.long]
clock = clock_at(START)


@pytest.fixture
def people(team):
    return [a_member(team, at=START, email=f"p{n}@example.org") for n in range(3)]


@pytest.fixture
def asked(team, people):
    return an_assignment(a_course(title="Hair loss"), team, at=START)


def due_dates():
    rows = Obligation.objects.with_status(START).order_by("learner")
    return [row.effective_due_at.date().isoformat() for row in rows]


def test_several_get_more_time_for_one_assignment(door, trainer, people, asked):
    chosen = boxes_of(*people[:2])
    terms = {
        "assignment": asked.pk,
        "due_on": "2026-06-01",
        "reason": "Flu on the ward",
    }
    assert "2 people have the new date." in press(door, "extend", chosen, **terms)
    assert due_dates() == ["2026-06-01", "2026-06-01", "2026-04-03"]
    entry = ExceptionEntry.objects.first()
    assert (entry.actor, entry.reason) == (trainer, "Flu on the ward")
    assert log.entries_about(people[0]).filter(action="training.exception").count() == 1


def test_who_has_that_much_time_already_is_named_and_gets_nothing_twice(
    door, people, asked
):
    terms = {"assignment": asked.pk, "due_on": "2026-06-01", "reason": "Flu"}
    press(door, "extend", boxes_of(*people), **terms)
    said = press(door, "extend", boxes_of(*people), **terms)
    assert "3 people have a date that is as late, or later." in said
    assert ExceptionEntry.objects.count() == 3


def test_a_date_in_the_past_is_refused_before_anything_is_done(door, people, asked):
    terms = {"assignment": asked.pk, "due_on": "2026-03-01", "reason": "Flu"}
    said = press(door, "extend", boxes_of(*people), **terms)
    assert "This date is in the past." in said
    assert not ExceptionEntry.objects.exists()


def test_several_are_let_off_for_some_days(door, people, asked):
    terms = {"assignment": asked.pk, "until": "2026-05-01", "reason": "On leave"}
    assert "It is waived for 3 people." in press(
        door, "waive", boxes_of(*people), **terms
    )
    assert {row.status for row in Obligation.objects.with_status(START)} == {"waived"}
    later = START + dt.timedelta(days=80)
    assert {row.status for row in Obligation.objects.with_status(later)} == {"overdue"}
    said = press(door, "waive", boxes_of(*people), **terms)
    assert "It was waived for 3 people already." in said


def test_who_does_not_have_to_do_it_is_left_alone(door, team, people, asked):
    single = an_assignment(
        a_course(slug="single"), people=people[:1], at=START, title="Alone"
    )
    terms = {"assignment": single.pk, "due_on": "2026-06-01", "reason": "Flu"}
    said = press(door, "extend", boxes_of(*people), **terms)
    assert "1 person has the new date." in said
    assert "2 people do not have to do it." in said


def test_an_assignment_of_other_teams_is_not_offered(door, people):
    strange = a_team("Not mine")
    a_member(strange, at=START, email="cat@example.org")
    theirs = an_assignment(a_course(slug="strange"), strange, at=START)
    for verb in ("extend", "waive", "assign"):
        terms = {"assignment": theirs.pk, "due_on": "2026-06-01", "reason": "No"}
        said = press(door, verb, boxes_of(*people), **terms)
        assert "Choose one of the options" in said, verb


def test_an_assignment_is_given_to_more_people(
    door, trainer, people, django_capture_on_commit_callbacks
):
    alone = an_assignment(a_course(), people=people[:1], at=START, title="Alone")
    with django_capture_on_commit_callbacks(execute=True):
        said = press(door, "assign", boxes_of(*people), assignment=alone.pk)
    assert "2 people are asked for it now." in said
    assert "1 person was asked for it already." in said
    assert alone.obligations.count() == 3
    alone.refresh_from_db()
    assert alone.version == 2
    entry = log.last_change_of(alone)
    assert entry.user == trainer
    assert len(entry.data["after"]["people"]) == 3


def test_one_that_asks_only_who_was_there_at_the_start_is_not_offered(
    door, team, people
):
    closed = an_assignment(a_course(), team, at=START, later_joiners=False)
    said = press(door, "assign", boxes_of(*people), assignment=closed.pk)
    assert "Choose one of the options" in said


def test_one_that_has_ended_is_not_given(door, trainer, people):
    alone = an_assignment(a_course(), people=people[:1], at=START)
    end_assignment(assignment=alone, at=START, by=trainer)
    said = press(door, "assign", boxes_of(*people), assignment=alone.pk)
    assert "Choose one of the options" in said
    assert alone.people.count() == 1

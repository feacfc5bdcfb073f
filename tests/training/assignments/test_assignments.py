"""Assignments: made after a look at what would follow, changed, ended."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import ModelLogEntry

from tests.factories import a_course, lessons_of
from tests.training.assigning_pages import ADD, carried, plain, typed
from tests.training.moments import START, days
from tests.training.staff import Role, a_member, a_team, an_assignment, pass_lesson
from training.assignments.actions.assignments import end_assignment
from training.assignments.actions.obligations import reconcile_obligations
from training.assignments.models import Assignment, Obligation
from training.teams.actions.memberships import join_team

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def team():
    return a_team(manager_email="boss@example.org")


@pytest.fixture
def course():
    return a_course(lessons=2, questions=2, title="Stem cells")


def errors_of(response):
    return {
        name: list(found) for name, found in response.context["form"].errors.items()
    }


def the_obligation(learner, cycle=1):
    return Obligation.objects.get(learner=learner, cycle=cycle)


def actions_about(assignment):
    return list(
        ModelLogEntry.objects.for_instance(assignment)
        .order_by("pk")
        .values_list("action", flat=True)
    )


# The two steps.


def test_looking_writes_nothing_and_shows_who_when_and_every_mail(send, team, course):
    a_member(team, email="anna@example.org")
    a_member(team, role=Role.OBSERVER, email="olga@example.org")
    form = typed(course, team, escalate_after_days="10")
    page = plain(send(ADD, form, "preview"))
    assert not Assignment.objects.exists()
    assert "Who is asked 1 person" in page
    assert "anna@example.org" in page
    assert "olga@example.org: observes the team" in page
    assert "trainer@example.org: trains the team" in page
    assert "1 April 2026" in page
    assert (
        "1 trainer gets a digest once a week, at the day and hour of their choice"
        in page
    )
    assert "14 days before it is due" in page
    assert "Long overdue, to the manager, 10 days overdue (only if late)" in page


def test_what_was_typed_travels_on_and_back(send, team, course):
    form = typed(course, team, title="Each “year” & so on", people="")
    looked = send(ADD, form, "preview")
    back = send(ADD, carried(looked), "back")
    shown = back.context["form"]
    assert shown["title"].value() == "Each “year” & so on"
    assert shown["teams"].value() == [str(team.pk)]
    assert shown["due_on"].value() == form["due_on"]
    assert not Assignment.objects.exists()


def test_given_out_it_reaches_the_team_at_once(send, team, course, trainer):
    learner = a_member(team)
    looked = send(ADD, typed(course, team, pass_mark="80"), "preview")
    done = send(ADD, carried(looked), "save")
    assignment = Assignment.objects.get()
    assert done.url == f"/admin/training/assignments/{assignment.pk}/"
    assert assignment.title == "Stem cells"
    assert assignment.created_by == trainer
    assert the_obligation(learner).requirement["pass_mark"] == 80
    assert actions_about(assignment) == ["training.assignment_created"]


def test_a_form_sent_twice_makes_one_assignment(send, team, course):
    form = typed(course, team)
    assert send(ADD, form, "save").url == send(ADD, form, "save").url
    assert Assignment.objects.count() == 1


def test_the_simulation_foretells_the_dates_of_each_cycle(send, team, course):
    a_member(team)
    form = typed(course, team, recurs_from="completion", recurs_every_months="12")
    simulation = send(ADD, form, "preview").context["simulation"]
    (group,) = simulation.groups
    assert group.people == 1
    assert [day.year for day in group.if_on_time] == [2026, 2027, 2028]
    send(ADD, form, "save")
    obligation = Obligation.objects.get()
    assert obligation.due_at.date() == group.if_on_time[0]


@pytest.mark.sweep
@pytest.mark.parametrize("members", [2, 12])
def test_looking_costs_the_same_for_few_and_for_many(door, team, course, members):
    for _number in range(members):
        a_member(team)
    form = typed(course, team) | {"step": "preview"}
    door.post(ADD, form)
    with CaptureQueriesContext(connection) as captured:
        assert door.post(ADD, form).status_code == 200
    assert len(captured) <= 36, "\n".join(q["sql"] for q in captured)


def test_a_new_one_begins_with_what_is_usual(door, team, course):
    form = door.get(ADD).context["form"]
    assert form["remind_days_before"].value() == "14, 3"
    assert form["starts_on"].value() == START.date()
    assert form["course"].value() == str(course.translation_key)


# What can be wrong with it.


@pytest.mark.parametrize(
    ("fields", "at", "said"),
    [
        ({"course": ""}, "course", "Choose a course."),
        ({"teams": []}, "teams", "Choose a team"),
        ({"people": "nobody@example.org"}, "people", "does not belong to anyone"),
        ({"due_on": ""}, "due_on", "Choose the due date"),
        ({"due_on": "2026-03-01"}, "due_on", "before the start date"),
        (
            {"due_on": "2026-02-20", "starts_on": "2026-02-01"},
            "due_on",
            "This date is in the past",
        ),
        ({"due_rule": "after_joining"}, "due_after_days", "Enter the number of days"),
        ({"due_rule": ""}, "due_rule", "Choose when it is due."),
        ({"due_on": "9999-12-31"}, "due_on", "between 2000 and 2199"),
        ({"pass_mark": "101"}, "pass_mark", "must be 100 or less."),
        ({"attempts_counted": "0"}, "attempts_counted", "must be 1 or more."),
        (
            {"recurs_from": "completion"},
            "recurs_every_months",
            "Enter the number of months",
        ),
        ({"recurs_every_months": "12"}, "recurs_from", "clear the number of months"),
        (
            {"recurs_from": "fixed_date", "recurs_every_months": "12"},
            "recurs_on",
            "fixed date",
        ),
        (
            {
                "recurs_from": "completion",
                "recurs_every_months": "1",
                "window_days": "30",
            },
            "window_days",
            "shorter than",
        ),
        ({"remind_days_before": "soon"}, "remind_days_before", "whole numbers"),
        ({"remind_days_before": "0"}, "remind_days_before", "between 1 and 365"),
    ],
)
def test_every_error_stands_at_its_field(send, team, course, fields, at, said):
    response = send(ADD, typed(course, team, **fields), "save")
    assert said in " ".join(errors_of(response)[at])
    assert said in plain(response)
    assert not Assignment.objects.exists()


def test_lessons_of_another_course_are_refused_and_one_of_it_is_taken(
    send, team, course
):
    other, mine = lessons_of(a_course())[0], lessons_of(course)[0]
    wrong = typed(course, team, lessons=[str(other.translation_key)])
    assert "lessons" in errors_of(send(ADD, wrong, "save"))
    send(ADD, typed(course, team, lessons=[str(mine.translation_key)]), "save")
    assert Assignment.objects.get().lesson_keys == [str(mine.translation_key)]


def test_only_teams_and_people_that_the_trainer_runs_can_be_chosen(send, course):
    strange = a_team("Strange")
    stranger = a_member(strange, email="stranger@example.org")
    form = typed(course, strange, people=stranger.user.email)
    assert {"teams", "people"} <= set(errors_of(send(ADD, form, "save")))


def test_people_are_named_by_their_address_in_any_case(send, team, course):
    learner = a_member(team, email="anna@example.org")
    send(ADD, typed(course, people=" Anna@Example.org,\n"), "save")
    obligation = the_obligation(learner)
    assert obligation.team is None


# Changing it.


def edit_url(assignment):
    return f"/admin/training/assignments/{assignment.pk}/edit/"


def test_a_change_is_shown_in_words_and_spares_the_running_cycle(send, team, course):
    learner = a_member(team)
    assignment = an_assignment(course, team)
    form = typed(course, team, due_on="2026-05-01", version="1")
    looked = send(edit_url(assignment), form, "preview")
    (change,) = looked.context["changes"]
    assert change.label == "Due"
    assert "April" in change.before
    assert "May" in change.after
    assert "keep their dates" in plain(looked)
    before = the_obligation(learner).due_at
    send(edit_url(assignment), carried(looked), "save")
    assert the_obligation(learner).due_at == before
    late = a_member(team)
    assert the_obligation(late).due_at.date() == dt.date(2026, 5, 1)


def test_ticked_it_changes_the_running_cycle_but_nothing_that_is_done(
    send, client, team, course, trainer
):
    learner, done = a_member(team), a_member(team)
    assignment = an_assignment(course, team)
    client.force_login(done.user)
    for lesson in lessons_of(course):
        pass_lesson(client, lesson)
    client.force_login(trainer)
    form = typed(
        course, team, due_on="2026-05-01", pass_mark="90", version="1", running_too="on"
    )
    looked = send(edit_url(assignment), form, "preview")
    assert "The current cycle of 1 person changes" in plain(looked)
    send(edit_url(assignment), carried(looked), "save")
    row = the_obligation(learner)
    assert row.due_at.date() == dt.date(2026, 5, 1)
    assert row.requirement["pass_mark"] == 90
    assert the_obligation(done).due_at.date() == dt.date(2026, 4, 1)
    entry = ModelLogEntry.objects.get(action="training.changed", object_id=str(row.pk))
    assert entry.data["before"]["due"] < entry.data["after"]["due"]
    assert entry.data["learner"] == str(learner.uuid)
    assert entry.user == trainer


def test_who_is_dropped_is_named_and_withdrawn(send, team, course):
    learner = a_member(team, email="anna@example.org")
    other = a_member(team, email="berta@example.org")
    assignment = an_assignment(course, people=[learner, other])
    form = typed(course, people=other.user.email, version="1")
    looked = send(edit_url(assignment), form, "preview")
    assert "1 person will no longer be asked for it" in plain(looked)
    send(edit_url(assignment), carried(looked), "save")
    assert the_obligation(learner).withdrawn_at == START
    assert the_obligation(other).withdrawn_at is None


def test_a_team_added_later_is_asked_from_then(
    send, door, team, course, trainer, clock
):
    second = a_team("Ward 4")
    join_team(team=second, learner=trainer.learner, role=Role.TRAINER, at=START)
    learner = a_member(second, at=START)
    assignment = an_assignment(
        course, team, due_rule="after_joining", due_on=None, due_after_days=10
    )
    clock.move_to(days(60))
    door.force_login(trainer)
    form = typed(
        course,
        team,
        second,
        starts_on="2026-03-02",
        due_rule="after_joining",
        due_after_days="10",
        version="1",
    )
    send(edit_url(assignment), form, "save")
    assert the_obligation(learner).due_at.date() == days(70).date()


def test_the_form_of_an_ended_assignment_is_not_opened(door, team, course, trainer):
    assignment = an_assignment(course, team)
    end_assignment(assignment=assignment, at=START, by=trainer)
    assert door.get(edit_url(assignment)).status_code == 302


def test_ending_it_withdraws_what_is_not_done(door, team, course):
    learner = a_member(team)
    assignment = an_assignment(course, team)
    url = f"/admin/training/assignments/{assignment.pk}/end/"
    assert "1 person who has not done it yet" in plain(door.get(url))
    door.post(url)
    door.post(url)
    assert the_obligation(learner).withdrawn_at == START
    assert actions_about(assignment) == ["training.assignment_ended"]
    reconcile_obligations(at=days(1))
    assert the_obligation(learner).withdrawn_at == START

"""Assignments: made after a look at what would follow, changed, ended."""

import datetime as dt

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import ModelLogEntry

from tests.factories import LearnerFactory, a_course, a_lesson, lessons_of
from tests.roles import a_person
from tests.training.assigning_pages import ADD, carried, plain, typed
from tests.training.teams import (
    Role,
    a_member,
    a_team,
    a_trainer,
    an_assignment,
    pass_lesson,
)
from training.actions.assigning import reconcile
from training.actions.assignments import change_assignment, end_assignment
from training.actions.belonging import join, leave
from training.models import Assignment, Obligation

pytestmark = pytest.mark.django_db

START = dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)


def days(number):
    return START + dt.timedelta(days=number)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(START, tick=False) as traveller:
        yield traveller


@pytest.fixture
def team():
    return a_team(manager_email="boss@example.org")


@pytest.fixture
def course():
    return a_course(lessons=2, questions=2, title="Stem cells")


@pytest.fixture
def trainer(team):
    return a_trainer(team, email="trainer@example.org")


@pytest.fixture
def door(client, trainer):
    """The trainer's browser."""
    client.force_login(trainer)
    return client


@pytest.fixture
def send(door, django_capture_on_commit_callbacks):
    """Send a form, and do what is done after the commit."""

    def post(url, data, step):
        with django_capture_on_commit_callbacks(execute=True):
            return door.post(url, data | {"step": step})

    return post


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
    page = plain(send(ADD, form, "look"))
    assert not Assignment.objects.exists()
    assert "Who gets it 1 person" in page
    assert "anna@example.org" in page
    assert "olga@example.org: observes the team" in page
    assert "trainer@example.org: trains the team" in page
    assert "1 April 2026" in page
    assert "1 trainer gets a digest each Monday from 2 March 2026" in page
    assert "14 days before it is due" in page
    assert "Told to the manager, 10 days overdue (only if late)" in page


def test_what_was_typed_travels_on_and_back(send, team, course):
    form = typed(course, team, title="Each “year” & so on", people="")
    looked = send(ADD, form, "look")
    back = send(ADD, carried(looked), "back")
    shown = back.context["form"]
    assert shown["title"].value() == "Each “year” & so on"
    assert shown["teams"].value() == [str(team.pk)]
    assert shown["due_on"].value() == form["due_on"]
    assert not Assignment.objects.exists()


def test_given_out_it_reaches_the_team_at_once(send, team, course, trainer):
    learner = a_member(team)
    looked = send(ADD, typed(course, team, pass_mark="80"), "look")
    done = send(ADD, carried(looked), "give")
    assignment = Assignment.objects.get()
    assert done.url == f"/admin/training/assignments/{assignment.pk}/"
    assert assignment.title == "Stem cells"
    assert assignment.created_by == trainer
    assert the_obligation(learner).requirement["pass_mark"] == 80
    assert actions_about(assignment) == ["training.assignment_created"]


def test_a_form_sent_twice_makes_one_assignment(send, team, course):
    form = typed(course, team)
    assert send(ADD, form, "give").url == send(ADD, form, "give").url
    assert Assignment.objects.count() == 1


def test_the_simulation_foretells_the_dates_of_each_cycle(send, team, course):
    a_member(team)
    form = typed(course, team, recurs_from="completion", recurs_every_months="12")
    simulation = send(ADD, form, "look").context["simulation"]
    (group,) = simulation.groups
    assert group.people == 1
    assert [day.year for day in group.if_on_time] == [2026, 2027, 2028]
    send(ADD, form, "give")
    obligation = Obligation.objects.get()
    assert obligation.due_at.date() == group.if_on_time[0]


@pytest.mark.parametrize("members", [2, 12])
def test_looking_costs_the_same_for_few_and_for_many(door, team, course, members):
    for _number in range(members):
        a_member(team)
    form = typed(course, team) | {"step": "look"}
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
        ({"course": ""}, "course", "required"),
        ({"teams": []}, "teams", "Choose a team"),
        ({"people": "nobody@example.org"}, "people", "belongs to nobody"),
        ({"due_on": ""}, "due_on", "Choose the day"),
        ({"due_on": "2026-03-01"}, "due_on", "before it starts"),
        (
            {"due_on": "2026-02-20", "starts_on": "2026-02-01"},
            "due_on",
            "This day is past",
        ),
        ({"due_rule": "after_joining"}, "due_after_days", "after how many days"),
        ({"due_rule": ""}, "due_rule", "required"),
        ({"due_on": "9999-12-31"}, "due_on", "between the years 2000 and 2199"),
        ({"pass_mark": "101"}, "pass_mark", "less than or equal to 100"),
        ({"attempts_counted": "0"}, "attempts_counted", "greater than or equal to 1"),
        ({"recurs_from": "completion"}, "recurs_every_months", "every how many"),
        ({"recurs_every_months": "12"}, "recurs_from", "empty the number of months"),
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
    response = send(ADD, typed(course, team, **fields), "give")
    assert said in " ".join(errors_of(response)[at])
    assert said in plain(response)
    assert not Assignment.objects.exists()


def test_lessons_of_another_course_are_refused_and_one_of_it_is_taken(
    send, team, course
):
    other, mine = lessons_of(a_course())[0], lessons_of(course)[0]
    wrong = typed(course, team, lessons=[str(other.translation_key)])
    assert "lessons" in errors_of(send(ADD, wrong, "give"))
    send(ADD, typed(course, team, lessons=[str(mine.translation_key)]), "give")
    assert Assignment.objects.get().lesson_keys == [str(mine.translation_key)]


def test_only_teams_and_people_that_the_trainer_runs_can_be_chosen(send, course):
    strange = a_team("Strange")
    stranger = a_member(strange, email="stranger@example.org")
    form = typed(course, strange, people=stranger.user.email)
    assert {"teams", "people"} <= set(errors_of(send(ADD, form, "give")))


def test_people_are_named_by_their_address_in_any_case(send, team, course):
    learner = a_member(team, email="anna@example.org")
    send(ADD, typed(course, people=" Anna@Example.org,\n"), "give")
    obligation = the_obligation(learner)
    assert obligation.team is None


# Changing it.


def edit_url(assignment):
    return f"/admin/training/assignments/{assignment.pk}/edit/"


def test_a_change_is_shown_in_words_and_spares_the_running_cycle(send, team, course):
    learner = a_member(team)
    assignment = an_assignment(course, team)
    form = typed(course, team, due_on="2026-05-01", version="1")
    looked = send(edit_url(assignment), form, "look")
    (change,) = looked.context["changes"]
    assert change.label == "Due"
    assert "April" in change.before
    assert "May" in change.after
    assert "keep their dates" in plain(looked)
    before = the_obligation(learner).due_at
    send(edit_url(assignment), carried(looked), "give")
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
    looked = send(edit_url(assignment), form, "look")
    assert "The running cycle of 1 person changes" in plain(looked)
    send(edit_url(assignment), carried(looked), "give")
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
    looked = send(edit_url(assignment), form, "look")
    assert "1 person is not asked for it any more" in plain(looked)
    send(edit_url(assignment), carried(looked), "give")
    assert the_obligation(learner).withdrawn_at == START
    assert the_obligation(other).withdrawn_at is None


def test_a_team_added_later_is_asked_from_then(
    send, door, team, course, trainer, clock
):
    second = a_team("Ward 4")
    join(team=second, learner=trainer.learner, role=Role.TRAINER, at=START)
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
    send(edit_url(assignment), form, "give")
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
    reconcile(at=days(1))
    assert the_obligation(learner).withdrawn_at == START


# Seeing it.


def test_the_list_counts_what_the_trainer_sees(door, team, course):
    strange = a_team("Strange")
    a_member(strange)
    a_member(team)
    an_assignment(course, team, strange, title="For two")
    an_assignment(course, strange, title="Not mine")
    response = door.get("/admin/training/assignments/")
    (row,) = response.context["object_list"]
    assert (row.standing.to_do, row.standing.overdue, row.standing.done) == (1, 0, 0)
    assert row.to_whom == "Ward 3"
    assert "Not mine" not in response.text
    assert "Strange" not in response.text


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("state=ended", ["Old"]),
        ("state=current", ["New", "Yearly"]),
        ("again=again", ["Yearly"]),
        ("q=new", ["New"]),
    ],
)
def test_the_list_is_narrowed(door, team, course, trainer, query, found):
    an_assignment(course, team, title="New")
    recurring = {"recurs_every_months": 12, "recurs_from": "completion"}
    an_assignment(course, team, title="Yearly", **recurring)
    old = an_assignment(course, team, title="Old")
    end_assignment(assignment=old, at=START, by=trainer)
    response = door.get(f"/admin/training/assignments/?{query}")
    assert sorted(row.title for row in response.context["object_list"]) == found


@pytest.mark.parametrize("number", [2, 12])
def test_the_list_costs_the_same_for_few_and_for_many(door, team, course, number):
    for _member in range(number):
        a_member(team)
    for _assignment in range(number):
        an_assignment(course, team)
    door.get("/admin/training/assignments/")
    with CaptureQueriesContext(connection) as captured:
        assert door.get("/admin/training/assignments/").status_code == 200
    assert len(captured) <= 24, "\n".join(q["sql"] for q in captured)


@pytest.mark.parametrize("number", [2, 20])
def test_an_assignment_costs_the_same_for_few_and_for_many(door, team, course, number):
    for _member in range(number):
        a_member(team)
    assignment = an_assignment(course, team)
    url = f"/admin/training/assignments/{assignment.pk}/"
    door.get(url)
    with CaptureQueriesContext(connection) as captured:
        assert door.get(url).status_code == 200
    assert len(captured) <= 24, "\n".join(q["sql"] for q in captured)


def test_its_page_shows_the_rule_and_the_people_by_status(door, team, course):
    a_member(team, email="anna@example.org")
    assignment = an_assignment(course, team)
    url = f"/admin/training/assignments/{assignment.pk}/"
    page = plain(door.get(url))
    assert "The whole course “Stem cells”" in page
    assert "anna@example.org" in page
    assert "anna@example.org" not in plain(door.get(url + "?status=done"))


def test_who_trains_only_some_of_them_sees_those_and_cannot_change_it(
    door, team, course
):
    strange = a_team("Strange")
    a_member(strange, email="stranger@example.org")
    assignment = an_assignment(course, team, strange)
    url = f"/admin/training/assignments/{assignment.pk}/"
    page = door.get(url).text
    assert "stranger@example.org" not in page
    assert "Strange" not in page
    assert door.get(url + "edit/").status_code == 302
    assert door.post(url + "end/").status_code == 302
    assert not Assignment.objects.filter(ended_at__isnull=False).exists()


def test_others_find_no_assignment(client, team, course):
    assignment = an_assignment(course, team)
    url = f"/admin/training/assignments/{assignment.pk}/"
    client.force_login(a_trainer(a_team("Elsewhere")))
    for page in ("", "edit/", "end/", "several/waiver/"):
        assert client.get(url + page).status_code == 404
    client.force_login(a_person("Author"))
    assert client.get("/admin/training/assignments/").status_code == 302


# The edges of giving out.


def learn(client, learner, course):
    client.force_login(learner.user)
    for lesson in lessons_of(course):
        pass_lesson(client, lesson)


YEARLY = {"recurs_every_months": 12, "recurs_from": "completion", "window_days": 30}


def test_nothing_comes_again_for_who_left(client, team, course):
    learner = a_member(team)
    an_assignment(course, team, **YEARLY)
    learn(client, learner, course)
    leave(team=team, learner=learner, at=days(100))
    reconcile(at=days(350))
    assert Obligation.objects.count() == 1


def test_who_moves_between_its_teams_is_seen_by_the_new_trainers(client, team, course):
    second = a_team("Ward 4")
    learner = a_member(team)
    an_assignment(course, team, second, **YEARLY)
    due_at = the_obligation(learner).due_at
    leave(team=team, learner=learner, at=days(1))
    join(team=second, learner=learner, role=Role.MEMBER, at=days(2))
    row = the_obligation(learner)
    assert (row.team, row.due_at, row.withdrawn_at) == (second, due_at, None)


def test_the_next_cycle_is_given_through_the_team_of_then(client, team, course):
    second = a_team("Ward 4")
    learner = a_member(team)
    an_assignment(course, team, second, **YEARLY)
    learn(client, learner, course)
    leave(team=team, learner=learner, at=days(1))
    join(team=second, learner=learner, role=Role.MEMBER, at=days(2))
    reconcile(at=days(350))
    assert the_obligation(learner).team == team
    assert the_obligation(learner, cycle=2).team == second


def test_an_archived_team_and_an_erased_learner_are_asked_no_longer(team, course):
    learner, other = a_member(team), a_member(a_team("Ward 4"))
    an_assignment(course, team, people=[other])
    type(team).objects.filter(pk=team.pk).update(archived_at=START)
    other.user.delete()
    reconcile(at=days(1))
    assert the_obligation(learner).withdrawn_at == days(1)
    # Deleting the account forgets it at once.
    assert the_obligation(other).withdrawn_at == START


def test_a_rule_that_comes_to_recur_asks_those_who_have_done_it(
    client, team, course, trainer
):
    learner = a_member(team)
    assignment = an_assignment(course, team)
    learn(client, learner, course)
    for name, value in YEARLY.items():
        setattr(assignment, name, value)
    change_assignment(
        rule=assignment,
        teams=[team],
        people=[],
        running_too=False,
        at=days(1),
        by=trainer,
    )
    assert the_obligation(learner).expires_at is None
    reconcile(at=days(340))
    assert the_obligation(learner, cycle=2).due_at.date() == dt.date(2027, 3, 2)


def test_and_gives_the_window_to_whom_it_would_have_expired_for(client, team, course):
    learner = a_member(team)
    assignment = an_assignment(course, team)
    learn(client, learner, course)
    Assignment.objects.filter(pk=assignment.pk).update(**YEARLY)
    reconcile(at=days(600))
    assert the_obligation(learner, cycle=2).due_at.date() == days(630).date()


def test_two_recurring_assignments_are_done_by_one_time_through(
    client, team, course, clock
):
    learner = a_member(team)
    one = an_assignment(course, team, **YEARLY)
    two = an_assignment(course, team, **YEARLY | {"window_days": 20})
    learn(client, learner, course)
    clock.move_to(days(350))
    reconcile(at=days(350))
    learn(client, learner, course)
    for assignment in (one, two):
        second = assignment.obligations.get(cycle=2)
        assert second.satisfied_at == days(350)
        assert second.satisfied_by.cycle == 2


def test_lessons_alone_are_done_again_in_a_later_cycle(client, team, course, clock):
    learner = a_member(team)
    lesson = lessons_of(course)[0]
    keys = [str(lesson.translation_key)]
    an_assignment(course, team, lesson_keys=keys, **YEARLY)
    client.force_login(learner.user)
    pass_lesson(client, lesson)
    clock.move_to(days(350))
    reconcile(at=days(350))
    assert the_obligation(learner, cycle=2).satisfied_at is None
    client.force_login(learner.user)
    client.post(lesson.url + "quiz/again/", {"which": "all"})
    pass_lesson(client, lesson)
    assert the_obligation(learner, cycle=2).satisfied_at == days(350)


def test_so_are_lessons_that_are_only_read(client, team, course, clock):
    learner = a_member(team)
    leaflet = a_lesson(course, questions=0)
    keys = [str(leaflet.translation_key)]
    an_assignment(course, team, lesson_keys=keys, **YEARLY)
    client.force_login(learner.user)
    client.post(leaflet.url + "read/")
    assert the_obligation(learner).satisfied_at == START
    clock.move_to(days(350))
    reconcile(at=days(350))
    assert the_obligation(learner, cycle=2).satisfied_at is None
    client.force_login(learner.user)
    client.post(leaflet.url + "read/")
    assert the_obligation(learner, cycle=2).satisfied_at == days(350)


@pytest.mark.parametrize("number", [3, 30])
def test_reconcile_costs_the_same_where_nothing_changes(team, course, number):
    for _member in range(number):
        a_member(team)
    assignment = an_assignment(course, team, **YEARLY)
    with CaptureQueriesContext(connection) as captured:
        reconcile(at=days(1), assignments=[assignment])
    assert len(captured) <= 24, "\n".join(q["sql"] for q in captured)


def test_patients_and_those_without_an_account_are_never_asked(team, course):
    an_assignment(course, team, people=[LearnerFactory()])
    assert not Obligation.objects.exists()

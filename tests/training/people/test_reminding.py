"""A trainer reminds people now: once a day, not at night, with what is left to do."""

import datetime as dt

import pytest
from django.core import mail

from jobs.models import Job
from mail.models import Message
from tests.factories import a_course
from tests.jobs.queued import a_listening_worker, run_queued
from tests.training.moments import clock_at
from tests.training.outbox import START, run_worker, subjects
from tests.training.people.acting import boxes_of
from tests.training.people.acting import press as press_button
from tests.training.staff import Role, a_member, a_team, an_assignment
from training.assignments.actions.assignments import end_assignment
from training.people.actions import bulk
from training.teams import log
from training.teams.actions.memberships import join_team, leave_team
from training.teams.models import Membership

pytestmark = pytest.mark.django_db
URL = "/admin/training/people/do/remind/"
clock = clock_at(START)


@pytest.fixture
def ann(team):
    return a_member(team, at=START, first_name="Ann", email="ann@example.org")


@pytest.fixture
def asked(team, ann):
    return an_assignment(a_course(title="Hair loss"), team, at=START)


def press(client, words="", **chosen):
    """Open the page, press its button, and return what the next page says."""
    return press_button(client, "remind", chosen, words=words)


def reminders():
    return Message.objects.filter(kind="remind_now")


def test_somebody_gets_what_is_left_to_do_in_the_trainers_words(
    door, trainer, ann, asked
):
    said = press(door, "Please do it before <Friday>.", **boxes_of(ann))
    assert "1 person gets a reminder." in said
    run_worker()
    sent = next(m for m in mail.outbox if "Please finish" in m.subject)
    assert sent.subject == "Please finish: Hair loss"
    assert sent.to == ["ann@example.org"]
    assert f"{trainer} reminds you of what you still have to do" in sent.body
    assert "Hair loss: due on 3 April 2026" in sent.body
    assert "Please do it before <Friday>." in sent.body


def test_nobody_is_reminded_twice_on_a_day(door, clock, ann, asked):
    press(door, **boxes_of(ann))
    said = press(door, **boxes_of(ann))
    assert "1 person has a reminder for that day already." in said
    assert "gets a reminder" not in said
    assert reminders().count() == 1
    clock.move_to(START + dt.timedelta(days=1))
    assert "1 person gets a reminder." in press(door, **boxes_of(ann))


def test_whoever_is_in_two_teams_gets_one(door, trainer, ann, asked):
    second = a_team("Ward 4")
    for learner, role in ((trainer.learner, Role.TRAINER), (ann, Role.MEMBER)):
        join_team(team=second, learner=learner, role=role, at=START)
    an_assignment(a_course(slug="other"), second, at=START)
    press(door, **boxes_of(ann))
    assert reminders().count() == 1


def test_whoever_has_nothing_to_do_gets_none(door, ann):
    assert "1 person has nothing to do." in press(door, **boxes_of(ann))
    assert not reminders().exists()


def test_in_quiet_hours_it_waits_and_the_button_says_so(door, clock, ann, asked):
    clock.move_to(START.replace(hour=22))
    page = door.get(URL, boxes_of(ann)).text
    assert "Send when quiet hours end" in page
    assert "People there get the e-mail on 5 March at 07:00." in page
    press(door, **boxes_of(ann))
    run_worker()
    assert not [each for each in subjects() if "finish" in each]
    clock.move_to(START.replace(hour=7) + dt.timedelta(days=1))
    assert "has a reminder for that day already" in press(door, **boxes_of(ann))
    run_worker()
    assert [each for each in subjects() if "finish" in each] == [
        "Please finish: Hair loss"
    ]


def test_by_day_the_button_sends_now(door, ann, asked):
    page = door.get(URL, boxes_of(ann)).text
    assert "Send now" in page
    assert "quiet hours in" not in page


def test_what_is_not_asked_any_more_by_the_morning_is_not_sent(
    door, trainer, clock, ann, asked
):
    clock.move_to(START.replace(hour=22))
    press(door, **boxes_of(ann))
    end_assignment(assignment=asked, at=START.replace(hour=23), by=trainer)
    clock.move_to(START.replace(hour=8) + dt.timedelta(days=1))
    run_worker()
    assert reminders().get().state == Message.State.DROPPED


def test_the_log_says_who_reminded_whom_and_why(door, trainer, ann, asked):
    press(door, "It is urgent.", **boxes_of(ann))
    entry = log.entries_about(ann).get(action="training.reminded")
    assert entry.user == trainer
    assert entry.data["words"] == "It is urgent."


def test_all_that_match_are_reminded_over_every_page(door, team, ann, asked):
    for number in range(3):
        a_member(team, at=START, email=f"late{number}@example.org", last_name="Late")
    an_assignment(a_course(slug="more"), team, at=START)
    page = door.get(URL, {"all": "on", "q": "late"})
    assert page.context["count"] == 3
    assert "3 people get a reminder." in press(door, all="on", q="late")
    assert reminders().count() == 3


def test_somebody_who_left_is_not_reminded_and_the_page_asks_again(
    door, team, ann, asked
):
    bob = a_member(team, at=START, email="bob@example.org")
    chosen = boxes_of(ann, bob)
    form = door.get(URL, chosen).context["form"]
    leave_team(team=team, learner=bob, at=START)
    address = door.get(URL, chosen).request
    sent = {"words": "Soon!", "shown": form["shown"].value()}
    page = door.post(address["PATH_INFO"] + "?" + address["QUERY_STRING"], sent)
    assert "The people have changed since you opened this page." in page.text
    assert "Soon!" in page.text
    assert not reminders().exists()


def test_people_of_other_teams_cannot_be_chosen(door, ann):
    cat = a_member(a_team("Not mine"), at=START, email="cat@example.org")
    page = door.get(URL, boxes_of(cat))
    assert page.context["count"] == 0
    assert "cat@example.org" not in page.text


def test_observers_find_no_boxes_and_are_refused(client, team, ann):
    client.force_login(a_member(team, role=Role.OBSERVER).user)
    assert 'name="person"' not in client.get("/admin/training/people/").text
    assert client.get(URL, boxes_of(ann)).status_code == 302


def test_nobody_chosen_is_said_and_an_unknown_verb_is_not_found(door):
    assert "You did not select anyone" in door.get(URL).text
    assert door.get("/admin/training/people/do/juggle/").status_code == 404


@pytest.mark.parametrize(
    "chosen", [{"person": ["x", "99999999"]}, {"all": "on", "team": "x"}]
)
def test_a_broken_choice_is_nobody(door, chosen):
    assert door.get(URL, chosen).status_code in (200, 404)


@pytest.fixture
def parts_of_two(monkeypatch):
    """Take two people for many, and two for a part."""
    monkeypatch.setattr(bulk, "MOST_AT_ONCE", 2)
    monkeypatch.setattr(bulk, "MOST_ROWS", 2)
    a_listening_worker()


@pytest.fixture
def five(team, trainer):
    people = [a_member(team, at=START) for _ in range(5)]
    an_assignment(a_course(), team, at=START)
    return people


def test_many_people_are_a_job_with_its_page(parts_of_two, five, door):
    page = press(door, "Soon", **boxes_of(*five))
    assert "0 of 5 done" in page
    run_queued()
    job = Job.objects.get(kind="reminding_people")
    assert (job.state, job.done) == ("done", 5)
    assert reminders().count() == 5
    assert "5 people get a reminder." in door.get(f"/admin/jobs/{job.pk}/").text


def test_the_button_pressed_twice_starts_one_job(parts_of_two, five, door):
    press(door, **boxes_of(*five))
    assert "You have started this already." in press(door, **boxes_of(*five))
    assert Job.objects.filter(kind="reminding_people").count() == 1


def test_a_job_leaves_out_who_left_and_who_is_not_ones_own_any_more(
    parts_of_two, five, team, trainer, door
):
    press(door, **boxes_of(*five))
    leave_team(team=team, learner=five[0], at=START)
    run_queued()
    job = Job.objects.get(kind="reminding_people")
    assert job.result["counts"] == {"done": 4, "left": 1}


def test_a_job_of_somebody_who_no_longer_trains_reminds_nobody(
    parts_of_two, five, team, trainer, door
):
    press(door, **boxes_of(*five))
    Membership.objects.filter(learner=trainer.learner).update(left_at=START)
    run_queued()
    assert Job.objects.get(kind="reminding_people").result["counts"] == {"not_yours": 5}
    assert not reminders().exists()

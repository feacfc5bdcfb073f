"""What a trainer did last for many people can be undone, where nothing changed since."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from jobs.models import Job
from progress.models import Enrolment
from tests.factories import a_course
from tests.jobs.queued import a_listening_worker, run_queued
from tests.training.moments import clock_at
from tests.training.outbox import START, run_worker
from tests.training.people.acting import boxes_of, press
from tests.training.staff import Role, a_member, a_team, a_trainer, an_assignment
from training.assignments.models import ExceptionEntry, Obligation
from training.people.actions import bulk
from training.people.models import BulkAct
from training.teams import log
from training.teams.actions.invitations import Newcomer, add_people
from training.teams.actions.memberships import join_team, leave_team
from training.teams.models import Invitation, Membership

pytestmark = [pytest.mark.django_db, pytest.mark.long]
clock = clock_at(START)
BEFORE = START - dt.timedelta(days=1)
URL = "/admin/training/people/undo/"


@pytest.fixture
def other(trainer):
    """Another team of the same trainer."""
    team = a_team("Ward 4")
    join_team(team=team, learner=trainer.learner, role=Role.TRAINER, at=BEFORE)
    return team


@pytest.fixture
def people(team):
    found = [a_member(team, at=BEFORE, email=f"p{n}@example.org") for n in range(3)]
    Membership.objects.filter(learner=found[0]).update(staff_number="N-1", site="North")
    return found


def members(team):
    rows = team.memberships.filter(left_at=None, role=Role.MEMBER)
    return {row.learner for row in rows}


def undo(client):
    """Press the button, and return what is said then."""
    came = client.post(URL)
    return client.get(came.url).text


def test_people_taken_out_are_back_as_they_were(door, trainer, team, people):
    asked = an_assignment(a_course(), team, at=BEFORE)
    before = Membership.objects.get(learner=people[0])
    press(door, "take-out", boxes_of(*people[:2]), reason="Gone")
    run_worker()
    assert asked.obligations.in_force().count() == 1
    offered = door.get("/admin/training/people/").text
    assert "2 people are no longer on their teams." in offered
    assert URL in offered
    assert URL in door.get("/admin/training/reports/log/").text
    assert "2 people are no longer on their teams." in door.get(URL).text
    assert "It was undone for 2 people." in undo(door)
    run_worker()
    assert members(team) == set(people)
    again = Membership.objects.get(learner=people[0])
    assert (again.joined_at, again.details) == (before.joined_at, before.details)
    assert asked.obligations.in_force().count() == 3
    entry = log.entries_about(people[0]).get(action="training.returned")
    assert entry.user == trainer


def test_it_is_offered_once_for_a_day_and_to_nobody_else(door, client, team, people):
    press(door, "take-out", boxes_of(*people[:1]), reason="Gone")
    client.force_login(a_trainer(team, email="second@example.org"))
    assert URL not in client.get("/admin/training/people/").text
    assert "There is nothing to undo any more." in undo(client)
    assert members(team) == set(people[1:])


def test_after_a_day_it_is_too_late_and_twice_is_once(door, team, people):
    press(door, "take-out", boxes_of(*people[:2]), reason="Gone")
    BulkAct.objects.update(done_at=START - dt.timedelta(days=2))
    assert "There is nothing to undo any more." in undo(door)
    BulkAct.objects.update(done_at=START)
    undo(door)
    assert "There is nothing to undo any more." in undo(door)


def test_who_was_moved_is_back_unless_they_left_the_new_team(door, team, other, people):
    press(door, "move", boxes_of(*people), team=other.pk, reason="New post")
    leave_team(team=other, learner=people[2], at=timezone.now())
    said = undo(door)
    assert "It was undone for 2 people." in said
    assert "For 1 person, something has changed since" in said
    assert members(team) == set(people[:2])
    assert members(other) == set()


def test_who_never_came_in_is_invited_to_the_old_team_again(door, trainer, team):
    add_people(team=team, people=[Newcomer("new@x.org")], by=trainer, at=BEFORE)
    learner = Invitation.objects.get().learner
    press(door, "take-out", boxes_of(learner), reason="Gone")
    undo(door)
    newest = Invitation.objects.latest("pk")
    assert (newest.team, newest.expires_at > START) == (team, True)


def test_who_was_given_an_assignment_is_no_longer_asked(door, team, people):
    alone = an_assignment(a_course(slug="other"), people=[people[0]], at=BEFORE)
    press(door, "assign", boxes_of(*people), assignment=alone.pk)
    run_worker()
    done = Enrolment.objects.create(
        learner=people[1], course_key=alone.course_key, started_at=START
    )
    Obligation.objects.filter(learner=people[1]).update(
        satisfied_at=START, satisfied_by=done
    )
    assert "2 people are asked for it now." in door.get(URL).text
    said = undo(door)
    run_worker()
    assert "It was undone for 1 person." in said
    # Whoever was asked before, and whoever has done it, stays.
    assert set(alone.people.all()) == set(people[:2])


@pytest.mark.parametrize("verb", ["waive", "extend"])
def test_exceptions_are_revoked(door, team, people, verb):
    asked = an_assignment(a_course(), team, at=BEFORE)
    terms = {"assignment": asked.pk, "reason": "Flu"}
    terms |= {"due_on": "2026-06-01"} if verb == "extend" else {}
    press(door, verb, boxes_of(*people[:2]), **terms)
    assert ExceptionEntry.objects.filter(revoked_at=None).count() == 2
    # The reason, which may say something of somebody, stays with the exception alone.
    assert "Flu" not in str(BulkAct.objects.get().terms)
    assert "It was undone for 2 people." in undo(door)
    assert ExceptionEntry.objects.filter(revoked_at=None).count() == 0


def test_many_are_undone_in_the_background(door, team, people, monkeypatch):
    monkeypatch.setattr(bulk, "MOST_AT_ONCE", 2)
    monkeypatch.setattr(bulk, "MOST_ROWS", 2)
    a_listening_worker()
    press(door, "take-out", boxes_of(*people), reason="Gone")
    # Nothing is offered before it is done.
    pages = ["/admin/training/people/", reverse("job", args=[Job.objects.get().pk])]
    assert [page for page in pages if URL in door.get(page).text] == []
    run_queued()
    assert members(team) == set()
    assert [page for page in pages if URL in door.get(page).text] == pages
    door.post(URL)
    run_queued()
    assert members(team) == set(people)
    assert [page for page in pages if URL in door.get(page).text] == []

"""People are moved to another team, or taken out of one, many at once."""

import datetime as dt

import pytest

from jobs.models import Job
from mail.models import Message
from tests.factories import a_course
from tests.jobs.queued import a_listening_worker, run_queued
from tests.training.moments import clock_at
from tests.training.outbox import START, run_worker
from tests.training.people.acting import boxes_of, press
from tests.training.staff import Role, a_member, a_team, an_assignment, current
from training.people.actions import bulk
from training.teams import log
from training.teams.actions.invitations import Newcomer, add_people
from training.teams.actions.memberships import join_team
from training.teams.actions.teams import archive_team
from training.teams.models import Invitation, Membership
from training.teams.queries.invitation_links import InvitationStatus, invitation_status

pytestmark = pytest.mark.django_db
clock = clock_at(START)
BEFORE = START - dt.timedelta(days=1)


@pytest.fixture
def other(trainer):
    """Another team of the same trainer."""
    team = a_team("Ward 4")
    join_team(team=team, learner=trainer.learner, role=Role.TRAINER, at=BEFORE)
    return team


@pytest.fixture
def people(team):
    return [a_member(team, at=BEFORE, email=f"p{n}@example.org") for n in range(3)]


def members(team):
    return {row.learner for row in current(team, role=Role.MEMBER)}


def test_several_move_at_once_and_both_teams_know(door, trainer, team, other, people):
    said = press(door, "move", boxes_of(*people), team=other.pk, reason="New post")
    assert "3 people have moved." in said
    assert members(other) == set(people)
    assert members(team) == set()
    for learner in people:
        entries = log.entries_about(learner).filter(user=trainer)
        assert {"training.joined", "training.left"} <= set(
            entries.values_list("action", flat=True)
        )


def test_they_are_asked_for_what_the_new_team_has_to_do(door, team, other, people):
    old = an_assignment(a_course(slug="old"), team, at=BEFORE)
    new = an_assignment(a_course(slug="new"), other, at=BEFORE)
    press(door, "move", boxes_of(*people), team=other.pk, reason="New post")
    run_worker()
    assert old.obligations.in_force().count() == 0
    assert new.obligations.in_force().count() == 3


def test_pressing_twice_moves_nobody_twice(door, team, other, people):
    address = "/admin/training/people/do/move/"
    page = door.get(address, boxes_of(*people))
    sent = {"shown": page.context["form"]["shown"].value(), "team": other.pk}
    sent["reason"] = "New post"
    address += "?" + page.request["QUERY_STRING"]
    door.post(address, sent)
    assert (
        "You did not select anyone, or they have left" in door.post(address, sent).text
    )
    assert Membership.objects.filter(team=other, role=Role.MEMBER).count() == 3


def test_whoever_trains_the_new_team_stays_its_trainer(door, team, other, people):
    join_team(team=other, learner=people[0], role=Role.TRAINER, at=BEFORE)
    chosen = {"person": [people[0].memberships.get(team=team).pk]}
    said = press(door, "move", chosen, team=other.pk, reason="New post")
    assert "1 person is in that team already." in said
    assert current(other, learner=people[0]).get().role == Role.TRAINER
    assert people[0] in members(team)


def test_whoever_never_came_in_is_invited_to_the_new_team(door, trainer, team, other):
    add_people(team=team, people=[Newcomer("new@x.org")], by=trainer, at=BEFORE)
    old = Invitation.objects.select_related("team", "learner__user").get()
    press(door, "move", boxes_of(old.learner), team=other.pk, reason="New post")
    old.refresh_from_db()
    assert invitation_status(old, START) is InvitationStatus.OVER
    new = Invitation.objects.select_related("team", "learner__user").get(team=other)
    assert invitation_status(new, START) is InvitationStatus.OPEN
    assert Message.objects.filter(topic_key=f"invitation:{new.pk}").exists()


def test_staff_numbers_come_along_unless_somebody_has_them(door, team, other, people):
    for number, learner in enumerate(people):
        learner.memberships.update(staff_number=f"N-{number}")
    there = a_member(other, at=BEFORE, email="there@example.org")
    there.memberships.update(staff_number="N-1")
    press(door, "move", boxes_of(*people), team=other.pk, reason="New post")
    found = current(other, learner__in=people).order_by("learner")
    assert [row.staff_number for row in found] == ["N-0", "", "N-2"]


def test_only_ones_own_current_teams_are_offered(door, trainer, team, other, people):
    strange = a_team("Not mine")
    said = press(door, "move", boxes_of(*people), team=strange.pk, reason="No")
    assert "Choose one of the options" in said
    archive_team(team=other, by=trainer, at=START)
    assert "Choose one of the options" in press(
        door, "move", boxes_of(*people), team=other.pk, reason="New post"
    )
    assert members(team) == set(people)


@pytest.fixture
def parts_of_two(monkeypatch):
    monkeypatch.setattr(bulk, "MOST_AT_ONCE", 2)
    monkeypatch.setattr(bulk, "MOST_ROWS", 2)
    a_listening_worker()


def test_a_job_says_why_it_stops_when_the_team_is_archived_meanwhile(
    parts_of_two, door, trainer, team, other, people
):
    press(door, "move", boxes_of(*people), team=other.pk, reason="New post")
    archive_team(team=other, by=trainer, at=START)
    run_queued()
    job = Job.objects.get(kind="moving_people")
    assert job.state == "failed"
    assert job.error == "The team is archived, or you may not change it."
    assert members(team) == set(people)


def test_several_are_taken_out_and_it_is_in_the_log(door, trainer, team, people):
    said = press(door, "take-out", boxes_of(*people[:2]), reason="Gone")
    assert "2 people are no longer on their teams." in said
    assert members(team) == {people[2]}
    entry = log.entries_about(people[0]).get(action="training.left")
    assert entry.user == trainer

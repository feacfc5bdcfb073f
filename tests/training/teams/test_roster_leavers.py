"""Who is missing from a roster is offered, ticked, and taken out with a reason."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone

from tests.jobs.queued import run_queued
from tests.training.rosters_in_jobs import members, started, upload
from tests.training.staff import a_member
from training.teams import log
from training.teams.actions import roster_jobs
from training.teams.actions.invitations import Newcomer, add_people
from training.teams.actions.memberships import leave_team
from training.teams.models import Invitation

pytestmark = pytest.mark.django_db
FILE = "E-mail\nann@x.org\n"


def page_of(team):
    return reverse("teams:roster_plan", args=[team.pk])


@pytest.fixture
def gone(team):
    """Three people who are not in the file."""
    return [a_member(team, email=f"gone{n}@x.org") for n in range(3)]


def apply(client, team, **sent):
    plan = client.get(page_of(team)).context["plan"]
    return client.post(page_of(team), {"plan": plan.fingerprint} | sent, follow=True)


def test_only_who_is_ticked_is_taken_out_and_the_log_says_why(door, team, gone):
    upload(door, team, FILE)
    apply(door, team, leaver=["gone1@x.org"], reason=" Retired  in May ")
    assert members(team) == ["ann@x.org", "gone0@x.org", "gone2@x.org"]
    entry = log.entries_about(gone[1]).get(action="training.left")
    assert entry.data["reason"] == "Retired in May"
    last = log.ModelLogEntry.objects.filter(action="training.roster").latest("pk")
    assert last.data["removed"] == 1


def test_nobody_is_taken_out_without_a_tick(door, team, gone):
    upload(door, team, FILE)
    apply(door, team, reason="Retired")
    assert len(members(team)) == 4


def test_without_a_reason_nothing_is_saved_and_the_ticks_stay(door, team, gone):
    upload(door, team, FILE)
    page = apply(door, team, leaver=["gone1@x.org"])
    assert "say why the people whom you ticked are taken out" in page.text
    assert members(team) == ["gone0@x.org", "gone1@x.org", "gone2@x.org"]
    ticked = BeautifulSoup(page.content, "html.parser").select("[name=leaver][checked]")
    assert [box["value"] for box in ticked] == ["gone1@x.org"]


def test_updating_the_plan_keeps_ticks_and_reason(door, team, gone):
    upload(door, team, FILE)
    sent = {
        "again": "yes",
        "choices": "yes",
        "leaver": ["gone1@x.org"],
        "reason": "Left",
    }
    page = door.post(page_of(team), sent, follow=True)
    ticked = BeautifulSoup(page.content, "html.parser").select("[name=leaver][checked]")
    assert [box["value"] for box in ticked] == ["gone1@x.org"]
    assert 'value="Left"' in page.text


def test_the_link_in_the_invitation_of_a_leaver_ends(door, team, trainer):
    people = [Newcomer("new@x.org")]
    add_people(team=team, people=people, by=trainer, at=timezone.now())
    upload(door, team, FILE)
    apply(door, team, leaver=["new@x.org"], reason="Never started")
    invitation = Invitation.objects.get(learner__user__email="new@x.org")
    assert invitation.expires_at <= timezone.now()


def test_whoever_left_after_the_preview_changes_the_plan(door, team, gone):
    upload(door, team, FILE)
    plan = door.get(page_of(team)).context["plan"]
    leave_team(team=team, learner=gone[1], at=timezone.now())
    sent = {"plan": plan.fingerprint, "leaver": "gone1@x.org", "reason": "Left"}
    assert "the plan has changed" in door.post(page_of(team), sent).text
    assert members(team) == ["gone0@x.org", "gone2@x.org"]


def test_whoever_leaves_while_a_job_runs_is_not_counted(door, team, gone, monkeypatch):
    monkeypatch.setattr(roster_jobs, "MOST_ROWS", 2)
    named = ["gone0@x.org", "gone2@x.org"]
    job = started(door, team, leaver=named, reason="Moved away")
    assert job.total == 7
    leave_team(team=team, learner=gone[2], at=timezone.now())
    run_queued()
    job.refresh_from_db()
    assert (job.state, job.result["removed"]) == ("done", 1)
    assert "gone1@x.org" in members(team)
    entry = log.entries_about(gone[0]).get(action="training.left")
    assert entry.data["reason"] == "Moved away"

"""A long roster is applied by a job: in parts, each whole, watched and stopped."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.actions.learners import erase_person
from accounts.models import User
from jobs import kinds
from jobs.actions.chains import do_part, resume_job, stop_job
from jobs.models import Job
from mail.models import Message
from tests.factories import UserFactory, a_course
from tests.jobs.queued import run_queued
from tests.training.outbox import run_worker
from tests.training.rosters_in_jobs import (
    confirm,
    members,
    now,
    roster,
    started,
    upload,
)
from tests.training.staff import Role, a_member, a_team, a_trainer, an_assignment
from training.assignments.models import Obligation
from training.teams.actions import roster_jobs
from training.teams.actions.memberships import join_team
from training.teams.models import Membership, RosterPart

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def parts_of_two(monkeypatch):
    """Take two people for many, so that five are a job of three parts."""
    monkeypatch.setattr(roster_jobs, "MOST_ROWS", 2)


@pytest.fixture
def team():
    return a_team("Ward 3")


@pytest.fixture
def trainer(client, team):
    user = a_trainer(team, email="tess@x.org")
    client.force_login(user)
    return user


def test_a_long_roster_is_applied_in_parts(client, team, trainer):
    job = started(client, team)
    assert (job.total, job.started_by) == (5, trainer)
    assert members(team) == []
    do_part(job.pk, 0)
    assert members(team) == ["p0@x.org", "p1@x.org"]
    run_queued()
    assert now(job) == ("done", 5)
    assert len(members(team)) == 5
    assert Message.objects.count() == 5
    page = client.get(f"/admin/jobs/{job.pk}/").text
    assert "5 invited, 0 added, 0 changed, 0 unchanged" in page
    assert not RosterPart.objects.exists()


def test_without_a_worker_it_is_applied_at_once(client, team, trainer):
    upload(client, team, roster())
    assert "5 invited" in confirm(client, team)
    assert not Job.objects.exists()


def test_people_are_asked_for_what_is_assigned_at_the_end(client, team, trainer):
    an_assignment(a_course(), team)
    job = started(client, team)
    do_part(job.pk, 0)
    assert not Obligation.objects.exists()
    run_queued()
    assert Obligation.objects.count() == 5


def test_the_people_of_a_job_that_was_stopped_are_asked_by_the_worker(
    client, team, trainer
):
    an_assignment(a_course(), team)
    job = started(client, team)
    do_part(job.pk, 0)
    stop_job(job=job, at=timezone.now())
    run_queued()
    assert now(job) == ("stopped", 2)
    run_worker()
    assert Obligation.objects.count() == 2
    resume_job(job=job)
    run_queued()
    assert now(job) == ("done", 5)
    assert Obligation.objects.count() == 5


def test_who_is_not_in_the_file_is_removed_in_parts_too(client, team, trainer):
    for number in range(3):
        a_member(team, email=f"old{number}@x.org")
    job = started(client, team, all_leavers="yes", reason="Left")
    assert job.total == 8
    run_queued()
    assert now(job) == ("done", 8)
    assert members(team) == [f"p{number}@x.org" for number in range(5)]
    assert "3 people were removed." in client.get(f"/admin/jobs/{job.pk}/").text


def test_a_row_that_changed_meanwhile_is_named_and_its_part_is_not_applied(
    client, team, trainer
):
    UserFactory(email="p3@x.org")
    job = started(client, team)
    User.objects.filter(email="p3@x.org").update(is_active=False)
    run_queued()
    assert now(job) == ("failed", 2)
    # Below the names of the columns.
    assert job.error.startswith("Row 5: something about this person changed")
    assert members(team) == ["p0@x.org", "p1@x.org"]
    User.objects.filter(email="p3@x.org").update(is_active=True)
    resume_job(job=job)
    run_queued()
    assert now(job) == ("done", 5)


def test_a_part_whose_worker_is_killed_leaves_nothing_and_sends_nothing_twice(
    client, team, trainer, monkeypatch
):
    job = started(client, team)
    note_numbers, killed = roster_jobs.outcome_counts, []

    def be_killed_once(plan):
        if not killed:
            killed.append(members(team))
            raise SystemExit
        return note_numbers(plan)

    monkeypatch.setattr(roster_jobs, "outcome_counts", be_killed_once)
    do_part(job.pk, 0)
    assert killed == [["p0@x.org", "p1@x.org"]]
    assert members(team) == []
    assert not Message.objects.exists()
    run_queued()
    assert now(job) == ("done", 5)
    assert Message.objects.count() == 5


@pytest.mark.parametrize("loses", ["place", "account"])
def test_whoever_may_not_change_the_team_any_more_changes_nothing(
    client, team, trainer, loses
):
    job = started(client, team)
    if loses == "place":
        Membership.objects.filter(learner__user=trainer).end(timezone.now())
    else:
        User.objects.filter(pk=trainer.pk).update(is_active=False)
    run_queued()
    assert now(job) == ("failed", 0)
    assert "may not change the team any more" in job.error
    assert not User.objects.filter(email="p0@x.org").exists()


def test_a_team_that_was_archived_stays_as_it_is(client, team, trainer):
    job = started(client, team)
    type(team).objects.update(archived_at=timezone.now())
    run_queued()
    assert now(job) == ("failed", 0)
    assert "“Ward 3” is archived." in job.error


def test_pressing_the_button_twice_starts_one_job(client, team, trainer):
    job = started(client, team)
    page = client.post(reverse("teams:roster_plan", args=[team.pk]), follow=True)
    assert page.redirect_chain == [(f"/admin/jobs/{job.pk}/", 302)]
    upload(client, team, roster())
    assert "another roster is being applied" in confirm(client, team)
    assert Job.objects.get() == job


def test_what_is_left_of_a_roster_is_deleted_and_says_so(client, team, trainer):
    job = started(client, team)
    stop_job(job=job, at=timezone.now())
    run_queued()
    kinds.kind_of_job(job).forget(job)
    resume_job(job=job)
    run_queued()
    assert now(job) == ("failed", 0)
    assert "Upload the file again" in job.error


def test_a_person_who_is_erased_meanwhile_is_taken_out(client, team, trainer):
    person = UserFactory(email="p3@x.org")
    job = started(client, team)
    erase_person(learner=None, user=person, at=timezone.now())
    run_queued()
    assert now(job) == ("done", 4)
    assert "p3@x.org" not in members(team)


@pytest.mark.sweep
def test_the_queries_of_a_part_do_not_grow_with_its_people_or_the_team(
    client, trainer, monkeypatch
):
    counts = []
    # The first part of a process also looks up content types.
    for size in (2, 4, 12):
        monkeypatch.setattr(roster_jobs, "MOST_ROWS", size)
        ward = a_team(f"Ward of {size}")
        join_team(
            team=ward, learner=trainer.learner, role=Role.TRAINER, at=timezone.now()
        )
        for number in range(size):
            a_member(ward, email=f"in{size}-{number}@x.org")
        Job.objects.all().delete()
        text = roster(size * 2).replace("\np", f"\nq{size}-")
        job = started(client, ward, text)
        with CaptureQueriesContext(connection) as queries:
            do_part(job.pk, 0)
        assert now(job) == ("running", size)
        counts.append(len(queries))
    assert counts[1] == counts[2]

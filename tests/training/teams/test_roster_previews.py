"""A very long roster is checked by a job before its preview is shown."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from accounts.actions.learners import erase_person
from accounts.models import User
from jobs.actions.chains import do_part, prune_jobs
from jobs.models import Job
from tests.factories import UserFactory
from tests.jobs.queued import a_listening_worker, run_queued
from tests.training.rosters_in_jobs import confirm, members, now, roster, upload
from tests.training.staff import a_member, a_team, a_trainer
from training.teams.actions import roster_jobs, roster_reviews
from training.teams.models import RosterPart
from training.teams.rules.rosters import review
from training.teams.views import rosters as views

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def three_are_many(monkeypatch):
    """Check more than three rows in a job, and apply two in a part."""
    monkeypatch.setattr(roster_jobs, "MOST_ROWS", 2)
    monkeypatch.setattr(roster_reviews, "MOST_IN_REQUEST", 3)
    monkeypatch.setattr(views, "MOST_IN_REQUEST", 3)


@pytest.fixture
def team():
    return a_team("Ward 3")


@pytest.fixture
def trainer(client, team):
    user = a_trainer(team, email="tess@x.org")
    client.force_login(user)
    return user


@pytest.fixture
def worker():
    a_listening_worker()


def checked(client, team, content=None):
    """Return the page with the preview that a job has made."""
    upload(client, team, content or roster())
    run_queued()
    return client.get(page_of(team))


def page_of(team):
    return reverse("teams:roster_plan", args=[team.pk])


def test_the_upload_leads_to_a_job_and_the_job_to_the_preview(
    client, team, trainer, worker
):
    page = upload(client, team, roster())
    job = Job.objects.get()
    assert page.redirect_chain[-1] == (f"/admin/jobs/{job.pk}/", 302)
    assert "0 of 6 done" in " ".join(page.text.split())
    # Whoever comes back before it is done sees the same job.
    again = client.get(page_of(team), follow=True)
    assert again.redirect_chain == [(f"/admin/jobs/{job.pk}/", 302)]
    run_queued()
    assert now(job) == ("done", 6)
    assert page_of(team) in client.get(f"/admin/jobs/{job.pk}/").text
    assert not User.objects.filter(email="p0@x.org").exists()
    text = client.get(page_of(team)).text
    assert "New: invited by e-mail: <strong>5</strong>" in text
    assert "p4@x.org" in text


def test_what_was_checked_is_applied_without_being_read_again(
    client, team, trainer, worker, monkeypatch
):
    a_member(team, email="old@x.org")
    checked(client, team)
    monkeypatch.setattr(roster_reviews, "parse_table", None)
    confirm(client, team)
    job = Job.objects.get(kind="applying_roster")
    assert job.total == 5
    run_queued()
    assert now(job) == ("done", 5)
    assert len(members(team)) == 6
    assert not RosterPart.objects.exists()


def test_who_is_not_in_the_file_is_removed_on_request(client, team, trainer, worker):
    a_member(team, email="old@x.org")
    checked(client, team)
    confirm(client, team, all_leavers="yes", reason="Left")
    run_queued()
    assert "old@x.org" not in members(team)


def test_other_choices_are_checked_by_another_job(client, team, trainer, worker):
    checked(client, team)
    client.post(page_of(team), {"choices": "yes", "skip": "3", "again": "yes"})
    client.get(page_of(team))
    run_queued()
    page = client.get(page_of(team))
    assert "Row 3: p1@x.org" in " ".join(page.text.split())
    assert Job.objects.filter(kind="checking_roster").count() == 2
    confirm(client, team, choices="yes", skip="3")
    run_queued()
    assert members(team) == ["p0@x.org", "p2@x.org", "p3@x.org", "p4@x.org"]


def test_choices_that_were_not_checked_are_checked_before_anything_is_saved(
    client, team, trainer, worker
):
    checked(client, team)
    assert "Nothing was saved" in confirm(client, team, choices="yes", skip="3")
    run_queued()
    assert members(team) == []
    page = client.get(page_of(team))
    assert page.context["plan"].people == 4


def test_problems_stop_it_until_leaving_them_out_is_confirmed(
    client, team, trainer, worker
):
    page = checked(client, team, roster() + "\nnobody,Nob,Body,9")
    assert "1 problem to fix" in " ".join(page.text.split())
    assert "Nothing was saved" in confirm(
        client, team, all_leavers="yes", reason="Left"
    )
    assert "Nothing was saved" in confirm(
        client, team, skip_problems="yes", all_leavers="yes", reason="Left"
    )
    confirm(client, team, skip_problems="yes")
    run_queued()
    assert len(members(team)) == 5


def test_a_file_without_addresses_says_so_in_the_preview(client, team, trainer, worker):
    page = checked(client, team, roster().replace("@", " at ").replace("E-mail", "X"))
    assert "No column is called “E-mail”." in page.text
    assert "Apply roster" not in page.text


def test_lists_are_cut_and_say_how_long_they_are(
    client, team, trainer, worker, monkeypatch
):
    monkeypatch.setattr(review, "MOST_SHOWN", 2)
    page = checked(client, team)
    text = " ".join(page.text.split())
    assert "3 more are not shown." in text
    assert "p3@x.org" not in text
    assert page.context["plan"].counts["invited"] == 5


def test_without_a_worker_such_a_file_is_refused_with_a_way_out(client, team, trainer):
    page = upload(client, team, roster())
    assert "no worker is running" in page.text
    assert not Job.objects.exists()


def test_after_an_hour_the_job_says_to_upload_it_again(client, team, trainer, worker):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        upload(client, team, roster())
        clock.shift(dt.timedelta(hours=1, minutes=1))
        run_queued()
        job = Job.objects.get()
        assert now(job) == ("failed", 0)
        assert "Upload the roster again." in job.error


def test_whoever_may_not_change_the_team_any_more_learns_nothing(
    client, team, trainer, worker
):
    upload(client, team, roster())
    team.memberships.filter(learner__user=trainer).end(timezone.now())
    run_queued()
    assert now(Job.objects.get()) == ("failed", 0)
    assert not RosterPart.objects.exists()


def test_a_person_who_is_erased_is_in_no_preview(client, team, trainer, worker):
    person = UserFactory(email="p3@x.org")
    checked(client, team)
    erase_person(learner=None, user=person, at=timezone.now())
    assert not RosterPart.objects.filter(people__icontains="p3@x.org").exists()
    page = client.get(page_of(team), follow=True)
    assert "Upload the roster again." in page.text


def test_a_part_that_comes_twice_prepares_nothing_twice(client, team, trainer, worker):
    upload(client, team, roster())
    job = Job.objects.get()
    do_part(job.pk, 0)
    do_part(job.pk, 0)
    assert RosterPart.objects.count() == 3


def test_people_whom_nobody_confirmed_are_deleted(client, team, trainer, worker):
    checked(client, team)
    prune_jobs(at=timezone.now() + dt.timedelta(hours=1))
    assert RosterPart.objects.exists()
    prune_jobs(at=timezone.now() + dt.timedelta(hours=3))
    assert not RosterPart.objects.exists()

"""Long work goes on in parts: each once, watched, stopped, and ended clearly."""

from contextlib import suppress
from datetime import timedelta
from unittest.mock import Mock

import pytest
from django.core.management import call_command
from django.db import OperationalError
from django.utils import timezone
from django_q.models import OrmQ

from jobs import kinds
from jobs.actions import chains
from jobs.actions.chains import (
    do_part,
    prune_jobs,
    resume_job,
    start_job,
    stop_job,
    take_up_lost_jobs,
)
from jobs.kinds import JobKind, PartOutcome, UnableToContinue
from jobs.models import Job
from tests.factories import UserFactory
from tests.jobs.queued import a_listening_worker, queued_tasks, run_queued
from tests.roles import a_person

pytestmark = pytest.mark.django_db

TOTAL = 5


class Counting(JobKind):
    """Does two rows a part, and writes down which."""

    code, label = "count", "counting"

    def __init__(self):
        self.parts, self.fails = [], None

    def do_part(self, job, at, prepared):
        self.parts.append(job.done)
        if self.fails and job.done == 2:
            raise self.fails
        left = TOTAL - job.done
        return PartOutcome(min(2, left), is_last=left <= 2)

    def title_of(self, job):
        return "Numbers"

    def page_of(self, job):
        return "/admin/"

    def describe_result(self, job):
        return f"{job.done} counted."


@pytest.fixture
def counting(monkeypatch):
    kind = Counting()
    monkeypatch.setitem(kinds._kinds, kind.code, kind)
    return kind


@pytest.fixture
def starter():
    return UserFactory(first_name="Tess", administrator=True)


@pytest.fixture
def job(counting, starter):
    at = timezone.now()
    return start_job(kind=counting, about=1, total=TOTAL, by=starter, at=at)


def now(job):
    job.refresh_from_db()
    return job.state, job.done


def test_a_job_goes_on_part_by_part_until_it_is_done(counting, job):
    assert queued_tasks() == [("default", "jobs.do_part", job.pk, 0)]
    run_queued()
    assert counting.parts == [0, 2, 4]
    assert now(job) == ("done", TOTAL)
    assert job.ended_at


def test_a_task_that_comes_twice_does_nothing_twice(counting, job):
    do_part(job.pk, 0)
    do_part(job.pk, 0)
    assert counting.parts == [0]
    assert now(job) == ("running", 2)
    run_queued()
    run_queued()
    do_part(job.pk, 2)
    assert counting.parts == [0, 2, 4]
    assert now(job) == ("done", TOTAL)


def test_a_job_that_is_stopped_ends_before_its_next_part(counting, job):
    do_part(job.pk, 0)
    stop_job(job=job, at=timezone.now())
    run_queued()
    assert counting.parts == [0]
    assert now(job) == ("stopped", 2)
    resume_job(job=job)
    run_queued()
    assert now(job) == ("done", TOTAL)


def test_what_cannot_be_done_says_why_at_once(counting, job):
    counting.fails = UnableToContinue("Row 3 has no address.")
    run_queued()
    assert now(job) == ("failed", 2)
    assert job.error == "Row 3 has no address."
    assert counting.parts == [0, 2]


@pytest.mark.parametrize("fault", [ValueError("ann@example.org"), SystemExit()])
def test_what_goes_wrong_is_tried_three_times(counting, job, fault):
    counting.fails = fault
    run_queued()
    assert now(job) == ("failed", 2)
    assert counting.parts == [0, 2, 2, 2]
    assert "ann@example.org" not in job.error
    counting.fails = None
    resume_job(job=job)
    run_queued()
    assert now(job) == ("done", TOTAL)
    assert job.error == ""


def test_a_part_that_ends_its_worker_is_not_begun_for_ever(counting, job):
    Job.objects.update(tries=3)
    do_part(job.pk, 0)
    assert now(job) == ("failed", 0)
    assert counting.parts == []


def test_a_kind_that_no_room_knows_fails_clearly(job, monkeypatch):
    monkeypatch.delitem(kinds._kinds, "count")
    run_queued()
    assert now(job) == ("failed", 0)
    assert "No part of the site knows" in job.error


def test_a_job_whose_queued_row_was_lost_is_taken_up_again(counting, job):
    do_part(job.pk, 0)
    OrmQ.objects.all().delete()
    call_command("take_up_jobs")
    assert queued_tasks() == [("default", "jobs.do_part", job.pk, 1)]
    run_queued()
    assert counting.parts == [0, 2, 4]
    assert now(job) == ("done", TOTAL)


def test_a_row_that_no_worker_can_read_counts_as_lost(job):
    OrmQ.objects.update(payload="signed with another key")
    assert take_up_lost_jobs() == 1
    assert take_up_lost_jobs() == 0


def test_a_job_that_waits_or_is_being_done_is_not_queued_twice(job):
    OrmQ.objects.update(lock=timezone.now() + timedelta(minutes=1))
    assert take_up_lost_jobs() == 0
    run_queued()
    assert take_up_lost_jobs() == 0


def test_a_stopped_job_whose_row_was_lost_ends(job):
    OrmQ.objects.all().delete()
    stop_job(job=job, at=timezone.now())
    take_up_lost_jobs()
    run_queued()
    assert now(job) == ("stopped", 0)


def test_a_database_that_is_away_while_a_part_fails_loses_no_job(
    counting, job, monkeypatch
):
    """The engine takes the task off the queue then: it was told nothing else."""
    counting.fails = OperationalError()
    for _again in range(3):
        OrmQ.objects.all().delete()
        with monkeypatch.context() as away, suppress(OperationalError):
            away.setattr(chains, "_try_again", Mock(side_effect=OperationalError))
            do_part(job.pk, now_part(job))
            do_part(job.pk, now_part(job))
        take_up_lost_jobs()
    run_queued()
    assert now(job) == ("failed", 2)
    assert "again and again" in job.error


def now_part(job):
    return Job.objects.get(pk=job.pk).part


def page_of(client, job, **form):
    address = f"/admin/jobs/{job.pk}/"
    answer = client.post(address, form, follow=True) if form else client.get(address)
    return " ".join(answer.text.split())


def test_the_page_says_how_far_it_is_and_who_started_it(client, job, starter):
    client.force_login(starter)
    page = page_of(client, job)
    assert "0 of 5 done" in page
    assert "Tess" in page
    assert "No worker is running." in page
    a_listening_worker()
    do_part(job.pk, 0)
    page = page_of(client, job)
    assert '<progress aria-labelledby="progress" max="5" value="2">' in page
    assert "Check progress" in page


def test_a_job_is_stopped_and_goes_on_from_its_page(client, job, starter):
    client.force_login(starter)
    assert "stopping" in page_of(client, job, stop="1")
    run_queued()
    assert "0 counted." in page_of(client, job)
    assert "The job continues." in page_of(client, job, resume="1")
    run_queued()
    page = page_of(client, job)
    assert "5 counted." in page
    assert "Continue" not in page


def test_only_who_started_it_and_administrators_see_a_job(client, job):
    client.force_login(a_person("Author"))
    address = f"/admin/jobs/{job.pk}/"
    assert client.get(address).headers["Location"] == "/admin/"
    client.post(address, {"stop": "1"})
    run_queued()
    assert now(job) == ("done", TOTAL)
    client.force_login(a_person("Administrator"))
    assert client.get(address).status_code == 200
    assert address in client.get("/admin/background-work/").text


def test_who_started_a_job_finds_it_on_their_home_page(client, job, starter):
    client.force_login(starter)
    home = " ".join(client.get("/admin/").text.split())
    assert f'<a href="/admin/jobs/{job.pk}/">Counting: Numbers</a>' in home
    Job.objects.update(started_at=timezone.now() - timedelta(days=8))
    assert "Your background work" not in client.get("/admin/").text


def test_nobody_finds_the_jobs_of_others_on_their_home_page(client, job):
    client.force_login(a_person("Administrator"))
    assert "Your background work" not in client.get("/admin/").text


def test_jobs_are_kept_for_thirty_days_after_their_end(job):
    run_queued()
    assert prune_jobs(at=timezone.now() + timedelta(days=29)) == 0
    assert prune_jobs(at=timezone.now() + timedelta(days=31)) == 1


def test_a_job_that_runs_is_not_pruned(job):
    assert prune_jobs(at=timezone.now() + timedelta(days=31)) == 0


def test_parts_are_short_tasks_of_ids(job):
    [row] = OrmQ.objects.all()
    assert row.task["timeout"] == 60
    assert row.args() == ("jobs.do_part", job.pk, 0)

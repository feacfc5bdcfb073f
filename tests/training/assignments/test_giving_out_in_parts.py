"""An assignment for many people is given out by a job: in parts, stopped and resumed."""

import pytest
from django.utils import timezone

from jobs.actions.chains import resume_job, stop_job
from jobs.models import Job
from tests.factories import a_course
from tests.jobs.queued import a_listening_worker, run_queued
from tests.training.outbox import run_worker
from tests.training.staff import a_member, a_team, a_trainer, an_assignment
from training.assignments.actions import giving_out
from training.assignments.actions.assignments import end_assignment
from training.assignments.actions.giving_out import give_out
from training.assignments.models import Obligation

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def parts_of_two(monkeypatch):
    """Take two people for many, so that five are a job of three parts."""
    monkeypatch.setattr(giving_out, "MOST_ROWS", 2)


@pytest.fixture
def team():
    team = a_team()
    for _ in range(5):
        a_member(team)
    return team


def given_out_to(team):
    trainer, assignment = a_trainer(), an_assignment(a_course())
    assignment.teams.set([team])
    give_out(assignment=assignment, by=trainer, at=timezone.now())
    return assignment


def test_few_people_are_asked_at_once(django_capture_on_commit_callbacks):
    a_listening_worker()
    team = a_team()
    a_member(team)
    with django_capture_on_commit_callbacks(execute=True):
        given_out_to(team)
    assert Obligation.objects.count() == 1
    assert not Job.objects.exists()


def test_without_a_worker_all_are_asked_at_once(
    team, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        given_out_to(team)
    assert Obligation.objects.count() == 5
    assert not Job.objects.exists()


def test_many_people_are_asked_in_parts(team):
    a_listening_worker()
    given_out_to(team)
    job = Job.objects.get()
    assert job.total == 5
    assert Obligation.objects.count() == 0
    run_queued()
    job.refresh_from_db()
    assert (job.state, job.done, job.part) == ("done", 5, 3)
    assert Obligation.objects.count() == 5


def test_nobody_else_is_asked_while_it_is_stopped(team):
    a_listening_worker()
    given_out_to(team)
    job = Job.objects.get()
    stop_job(job=job, at=timezone.now())
    run_queued()
    run_worker()
    assert Obligation.objects.count() == 0
    resume_job(job=job)
    run_queued()
    assert Obligation.objects.count() == 5


def test_an_assignment_that_has_ended_asks_nobody_more(team):
    a_listening_worker()
    assignment = given_out_to(team)
    end_assignment(assignment=assignment, at=timezone.now(), by=a_trainer())
    run_queued()
    assert Job.objects.get().state == "done"
    assert Obligation.objects.count() == 0

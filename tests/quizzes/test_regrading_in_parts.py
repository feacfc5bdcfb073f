"""Many people's answers are marked again by a job, as the author decided."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from course.models import LessonPage
from jobs.actions.chains import do_part, resume_job, stop_job
from jobs.models import Job
from quizzes.actions import regrade_jobs
from quizzes.models import Grade
from tests.jobs.queued import a_listening_worker, run_queued
from tests.quizzes.regrading import an_answered_lesson, draft_of, scores, undone

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def two_people_a_part(monkeypatch):
    """Take two people for many, so that the four of a lesson are a job."""
    monkeypatch.setattr(regrade_jobs, "PEOPLE", 2)


@pytest.fixture
def lesson():
    return an_answered_lesson()


@pytest.fixture
def job(lesson):
    a_listening_worker()
    draft_of(lesson, given_answers="re_mark").publish()
    return Job.objects.get()


def now(job):
    job.refresh_from_db()
    return job.state, job.done


def test_without_a_worker_all_are_marked_at_once(lesson):
    draft_of(lesson, given_answers="re_mark").publish()
    assert not Job.objects.exists()
    assert scores() == [2, 3, 2, 2]


def test_many_are_marked_in_parts_as_they_would_be_at_once(job):
    assert scores() == [3, 2, 2, 2]
    do_part(job.pk, 0)
    assert scores() == [2, 3, 2, 2]
    run_queued()
    assert now(job) == ("done", 4)
    assert scores() == [2, 3, 2, 2]
    assert regrade_jobs.MarkingAgain().describe_result(job).startswith("2 attempts")


def test_a_part_that_comes_twice_marks_nobody_twice(job):
    do_part(job.pk, 0)
    do_part(job.pk, 0)
    run_queued()
    assert Grade.objects.filter(run=2).count() == 2
    assert not Grade.objects.filter(run=3).exists()


def test_a_part_whose_worker_is_killed_leaves_no_marks(job, monkeypatch):
    regrade, killed = regrade_jobs.regrade_lesson, []

    def be_killed_once(**terms):
        number = regrade(**terms)
        if not killed:
            killed.append(number)
            raise SystemExit
        return number

    monkeypatch.setattr(regrade_jobs, "regrade_lesson", be_killed_once)
    do_part(job.pk, 0)
    assert killed == [2]
    assert scores() == [3, 2, 2, 2]
    run_queued()
    assert scores() == [2, 3, 2, 2]
    assert Grade.objects.filter(run=2).count() == 2


def test_it_is_stopped_and_continued(job):
    stop_job(job=job, at=timezone.now())
    run_queued()
    assert now(job) == ("stopped", 0)
    assert scores() == [3, 2, 2, 2]
    resume_job(job=job)
    run_queued()
    assert scores() == [2, 3, 2, 2]


def test_a_later_change_waits_for_the_earlier_and_then_continues_by_itself(
    lesson, job, django_capture_on_commit_callbacks
):
    draft_of(lesson, right="Also wrong", given_answers="re_mark").publish()
    later = Job.objects.latest("pk")
    do_part(later.pk, 0)
    assert now(later) == ("failed", 0)
    assert "An earlier change to this lesson is still being applied." in later.error
    with django_capture_on_commit_callbacks(execute=True):
        run_queued()
    run_queued()
    assert now(job) == ("done", 4)
    assert now(later) == ("done", 4)
    assert scores() == [2, 2, 3, 2]


def test_what_is_published_meanwhile_does_not_change_what_was_decided(lesson, job):
    draft_of(lesson, right="Also wrong", given_answers="keep").publish()
    run_queued()
    assert scores() == [2, 3, 2, 2]


def test_a_lesson_that_was_deleted_meanwhile_says_so(client, lesson, job):
    LessonPage.objects.get(pk=lesson.pk).delete()
    run_queued()
    assert now(job) == ("failed", 0)
    assert job.error == "The lesson has been deleted."


def test_the_queries_of_a_part_do_not_grow_with_its_people(job, monkeypatch):
    counts = []
    for number in (2, 3):
        monkeypatch.setattr(regrade_jobs, "PEOPLE", number)
        with undone(), CaptureQueriesContext(connection) as queries:
            do_part(job.pk, 0)
        counts.append(len(queries))
    assert counts[0] == counts[1]

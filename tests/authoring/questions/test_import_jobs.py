"""A long file of questions is imported by a worker."""

from datetime import timedelta

import pytest
from django.utils import timezone

from authoring.questions.actions import import_jobs
from course.models import LessonPage
from jobs.actions.chains import prune_jobs, resume_job, stop_job
from jobs.files import delete_all_files, file_exists
from jobs.models import Job
from tests.factories import a_course, lessons_of
from tests.jobs.queued import a_listening_worker, run_queued

pytestmark = pytest.mark.django_db

GIFT = "\n\n".join(
    f"::Q{number}:: What is {number}? {{={number} ~none ~all}}" for number in range(3)
)


@pytest.fixture(autouse=True)
def few_questions(monkeypatch):
    delete_all_files()
    monkeypatch.setattr(import_jobs, "MOST_AT_ONCE", 2)
    a_listening_worker()


@pytest.fixture
def lesson():
    [lesson] = lessons_of(a_course(lessons=1))
    lesson.save_revision()
    return lesson


def press(client, lesson):
    page = f"/admin/lessons/{lesson.pk}/questions/import/"
    seen = client.post(page, {"text": GIFT}).context["form"]["seen"].value()
    return client.post(page, {"text": GIFT, "seen": seen, "apply": "1"})


@pytest.fixture
def job(admin_client, lesson):
    press(admin_client, lesson)
    return Job.objects.get()


def now(job):
    job.refresh_from_db()
    return job.state, job.done


def stems(lesson):
    draft = LessonPage.objects.get(pk=lesson.pk).get_latest_revision_as_object()
    return [question.stem for question in draft.questions.all()]


def test_the_questions_are_in_the_draft_and_the_file_is_gone(
    admin_client, lesson, job, django_capture_on_commit_callbacks
):
    before = len(stems(lesson))
    with django_capture_on_commit_callbacks(execute=True):
        run_queued()
    assert now(job) == ("done", 3)
    assert stems(lesson)[before:] == ["What is 0?", "What is 1?", "What is 2?"]
    page = admin_client.get(f"/admin/jobs/{job.pk}/").text
    assert "3 questions were added to the draft." in page
    assert not file_exists(job, import_jobs.UPLOAD)


def test_pressing_the_button_twice_imports_them_once(admin_client, lesson, job):
    assert press(admin_client, lesson).url == f"/admin/jobs/{job.pk}/"
    run_queued()
    assert Job.objects.count() == 1


def test_it_is_stopped_and_continued(admin_client, lesson, job):
    stop_job(job=job, at=timezone.now())
    before = stems(lesson)
    run_queued()
    assert now(job) == ("stopped", 0)
    assert "Nothing was imported." in admin_client.get(f"/admin/jobs/{job.pk}/").text
    assert stems(lesson) == before
    resume_job(job=job)
    run_queued()
    assert now(job) == ("done", 3)


def test_a_lesson_that_was_locked_meanwhile_is_said(lesson, job):
    LessonPage.objects.filter(pk=lesson.pk).update(locked=True)
    run_queued()
    assert now(job) == ("failed", 0)
    assert "is locked or waiting for a review" in job.error


def test_a_file_that_was_deleted_meanwhile_is_said(job):
    delete_all_files()
    run_queued()
    assert now(job) == ("failed", 0)
    assert "Choose it again" in job.error


def test_whoever_may_not_edit_the_lesson_any_more_imports_nothing(admin_user, job):
    admin_user.is_active = False
    admin_user.save()
    run_queued()
    assert now(job) == ("failed", 0)
    assert "may not edit the lesson any more" in job.error


def test_the_file_of_a_stopped_import_is_deleted_after_a_week(job):
    stop_job(job=job, at=timezone.now())
    run_queued()
    prune_jobs(at=timezone.now() + timedelta(days=8))
    assert not file_exists(job, import_jobs.UPLOAD)


def test_without_a_worker_they_are_imported_at_once(admin_client, lesson, monkeypatch):
    monkeypatch.setattr("jobs.queries.worker_listens", lambda at: False)
    press(admin_client, lesson)
    assert not Job.objects.exists()
    assert "What is 2?" in stems(lesson)

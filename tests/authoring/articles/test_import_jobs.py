"""The pages of a long article are made by a worker, in parts."""

import pytest
from django.urls import reverse
from django.utils import timezone

from authoring.articles.actions import import_jobs
from authoring.articles.actions.importing import change_plan, keep_article
from authoring.articles.rules import report
from course.models import CoursePage
from jobs.actions.chains import do_part, resume_job, stop_job
from jobs.models import Job
from tests.authoring.articles.test_wizard import plan_of, press
from tests.factories import a_home, lessons_of
from tests.jobs.queued import a_listening_worker, run_queued

pytestmark = pytest.mark.django_db

TEXT = """# Asthma

## Symptoms

A cough at night.

## Treatment

A spray every morning.

## Risks

A sore throat.

## Living with it

Sport is fine.
"""


@pytest.fixture(autouse=True)
def few_lessons(monkeypatch):
    a_home()
    monkeypatch.setattr(import_jobs, "MOST_AT_ONCE", 2)
    monkeypatch.setattr(import_jobs, "LESSONS", 1)
    a_listening_worker()


@pytest.fixture
def article():
    return keep_article(
        data=TEXT.encode(),
        filename="asthma.md",
        outline_name="one-lesson-per-heading",
        user=None,
        at=timezone.now(),
    )


@pytest.fixture
def job(admin_client, article):
    press(admin_client, article, make="")
    return Job.objects.get()


def now(job):
    job.refresh_from_db()
    return job.state, job.done


def test_the_pages_are_made_part_by_part(admin_client, article, job):
    run_queued()
    assert now(job) == ("done", job.total)
    article.refresh_from_db()
    assert article.applied_at
    course = CoursePage.objects.get(translation_key=article.course_key)
    titles = [lesson.title for lesson in plan_of(article).lessons]
    made = [lesson.title for lesson in lessons_of(course)]
    assert made == [title for title in titles if title in made]
    assert len(made) == job.total
    page = admin_client.get(f"/admin/jobs/{job.pk}/").text
    assert f"{job.total} lessons are done." in page
    assert reverse("wagtailadmin_explore", args=[course.pk]) in page


def test_the_plan_leads_to_the_job_while_it_runs(admin_client, article, job):
    plan = reverse("articles:plan", args=[article.pk])
    assert admin_client.get(plan).url == f"/admin/jobs/{job.pk}/"
    assert press(admin_client, article, make="").url == f"/admin/jobs/{job.pk}/"
    assert Job.objects.count() == 1


def test_it_is_stopped_and_continued(article, job):
    do_part(job.pk, 0)
    do_part(job.pk, 0)
    stop_job(job=job, at=timezone.now())
    run_queued()
    assert now(job) == ("stopped", 1)
    article.refresh_from_db()
    assert article.applied_at is None
    resume_job(job=job)
    run_queued()
    assert now(job) == ("done", job.total)
    assert CoursePage.objects.count() == 1


def test_pages_made_before_the_plan_was_changed_are_used_again(
    admin_client, article, job
):
    do_part(job.pk, 0)
    stop_job(job=job, at=timezone.now())
    run_queued()
    plan = plan_of(article)
    changed = report.to_payload(plan) | {"title": "Asthma in adults"}
    change_plan(article=article, plan=report.from_payload(changed))
    resume_job(job=job)
    run_queued()
    assert now(job) == ("failed", 1)
    assert "The plan has been changed." in job.error
    press(admin_client, article, make="")
    run_queued()
    again = Job.objects.latest("pk")
    assert now(again) == ("done", again.total)
    assert len(lessons_of(CoursePage.objects.get())) == again.total


def test_an_article_that_was_deleted_meanwhile_is_said(admin_client, article, job):
    do_part(job.pk, 0)
    admin_client.post(reverse("articles:discard", args=[article.pk]))
    run_queued()
    assert now(job) == ("failed", 1)
    assert job.error == "The article has been deleted."
    assert admin_client.get(f"/admin/jobs/{job.pk}/").status_code == 200


def test_whoever_may_add_no_course_any_more_makes_none(admin_user, job):
    admin_user.is_active = False
    admin_user.save()
    run_queued()
    assert now(job) == ("failed", 0)
    assert "may not add courses any more" in job.error


def test_without_a_worker_the_pages_are_made_at_once(
    admin_client, article, monkeypatch
):
    monkeypatch.setattr("jobs.queries.worker_listens", lambda at: False)
    press(admin_client, article, make="")
    assert not Job.objects.exists()
    assert CoursePage.objects.exists()

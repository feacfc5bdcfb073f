"""A large course is copied by a worker, in parts, as drafts."""

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupPagePermission, Page

from course.actions import copying
from course.models import CoursePage, LessonPage
from jobs.actions.chains import do_part, resume_job, stop_job
from jobs.models import Job
from tests.factories import a_course, lessons_of
from tests.jobs.queued import a_listening_worker, run_queued
from tests.roles import a_person

pytestmark = [pytest.mark.django_db, pytest.mark.long]


@pytest.fixture(autouse=True)
def few_pages(monkeypatch):
    monkeypatch.setattr(copying, "MOST_AT_ONCE", 3)
    monkeypatch.setattr(copying, "PAGES", 2)
    a_listening_worker()


@pytest.fixture
def author(client):
    author = a_person("Author")
    client.force_login(author)
    return author


@pytest.fixture
def course():
    course = a_course(lessons=5)
    for lesson in lessons_of(course):
        lesson.save_revision().publish()
    return course


def copy(client, course, *, slug="copy", **changes):
    form = {
        "new_title": "Copy",
        "new_slug": slug,
        "new_parent_page": course.get_parent().pk,
        "copy_subpages": "on",
    } | changes
    path = reverse("wagtailadmin_pages:copy", args=[course.pk])
    return client.post(path, form)


@pytest.fixture
def job(client, author, course):
    copy(client, course)
    return Job.objects.get()


def now(job):
    job.refresh_from_db()
    return job.state, job.done


def the_copy():
    return CoursePage.objects.get(slug="copy")


def test_it_is_copied_whole_and_as_a_draft(client, course, job):
    run_queued()
    assert now(job) == ("done", 6)
    assert not the_copy().live
    copied, given = lessons_of(the_copy()), lessons_of(course)
    assert [page.title for page in copied] == [page.title for page in given]
    assert not any(page.live for page in copied)
    page = client.get(f"/admin/jobs/{job.pk}/").text
    assert "The copy is a draft." in page
    assert reverse("wagtailadmin_explore", args=[the_copy().pk]) in page


def test_rows_and_drafts_of_the_copy_have_the_same_keys(course, job):
    run_queued()
    for lesson in LessonPage.objects.child_of(the_copy()):
        rows = [question.translation_key for question in lesson.questions.all()]
        draft = lesson.get_latest_revision_as_object()
        assert [question.translation_key for question in draft.questions.all()] == rows
        given = {
            question.translation_key
            for one in lessons_of(course)
            for question in one.questions.all()
        }
        assert given.isdisjoint(rows)


def test_it_is_stopped_and_continued(client, job):
    do_part(job.pk, 0)
    do_part(job.pk, 1)
    stop_job(job=job, at=timezone.now())
    run_queued()
    assert now(job) == ("stopped", 3)
    assert "The copy is not whole." in client.get(f"/admin/jobs/{job.pk}/").text
    resume_job(job=job)
    run_queued()
    assert now(job) == ("done", 6)
    assert len(lessons_of(the_copy())) == 5


def test_a_part_that_comes_twice_copies_nothing_twice(job):
    for part in (0, 1, 1, 0):
        do_part(job.pk, part)
    assert now(job) == ("running", 3)
    assert len(LessonPage.objects.child_of(the_copy())) == 2


def test_a_lesson_that_cannot_be_copied_is_named(job):
    do_part(job.pk, 0)
    GroupPagePermission.objects.all().delete()
    run_queued()
    assert now(job) == ("failed", 1)
    first = Page.objects.get(pk=job.about).get_children().first()
    assert f"“{first.title}” cannot be copied there." in job.error


def test_a_copy_that_was_deleted_meanwhile_is_not_made_anew(client, job):
    do_part(job.pk, 0)
    the_copy().delete()
    run_queued()
    assert now(job) == ("failed", 1)
    assert "is gone" in job.error
    assert client.get(f"/admin/jobs/{job.pk}/").status_code == 200


def test_an_address_that_was_taken_meanwhile_is_said(course, job):
    course.copy(update_attrs={"slug": "copy", "title": "Faster"}, keep_live=False)
    run_queued()
    assert now(job) == ("failed", 0)
    assert "no page there has the same address" in job.error


def test_pressing_the_button_twice_starts_one_job(client, course, job):
    assert copy(client, course).url == f"/admin/jobs/{job.pk}/"
    assert Job.objects.count() == 1


@pytest.mark.parametrize("why", ["no worker", "few pages", "no lessons"])
def test_anything_else_is_copied_at_once(client, author, course, monkeypatch, why):
    if why == "no worker":
        monkeypatch.setattr("jobs.queries.worker_listens", lambda at: False)
    if why == "few pages":
        monkeypatch.setattr(copying, "MOST_AT_ONCE", 6)
    changes = {"copy_subpages": ""} if why == "no lessons" else {}
    copy(client, course, **changes)
    assert not Job.objects.exists()
    assert the_copy().get_descendants().count() == (0 if changes else 5)


def test_a_copy_that_goes_live_is_made_at_once(client, course):
    client.force_login(a_person("Administrator"))
    copy(client, course, publish_copies="on")
    assert not Job.objects.exists()
    assert the_copy().live


def test_what_is_wrong_in_the_form_is_said(client, author, course):
    page = copy(client, course, slug=course.slug)
    assert page.status_code == 200
    assert not Job.objects.exists()

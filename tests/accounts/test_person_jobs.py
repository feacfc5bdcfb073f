"""Administrators erase people and export what is held about them, by a worker."""

import json

import pytest
from django.utils import timezone
from wagtail.models import ModelLogEntry

from accounts.actions import person_jobs
from accounts.models import Learner, User
from accounts.register import export_person
from jobs.actions.chains import do_part, resume_job, stop_job
from jobs.files import delete_all_files, file_exists
from jobs.models import Job
from tests.factories import UserFactory
from tests.jobs.queued import a_listening_worker, run_queued
from tests.roles import a_person
from tests.training.staff import a_member, a_team

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_files():
    # Those of an earlier test had the same numbers.
    delete_all_files()


@pytest.fixture
def person(administrator):
    return a_member(a_team(), first_name="Ann", email="ann@example.org").user


@pytest.fixture
def worker():
    a_listening_worker()


def page_of(person):
    return f"/admin/users/{person.pk}/data/"


def erase(client, person, address="ann@example.org"):
    return client.post(page_of(person), {"address": address}, follow=True)


def export(client, person):
    return client.post(page_of(person), {"export": "1"})


def test_the_list_of_users_leads_to_the_page(client, person):
    assert page_of(person) in client.get("/admin/users/").text
    assert "Personal data" in client.get(page_of(person)).text


def test_a_person_is_erased_by_a_worker(client, worker, person):
    page = erase(client, person).text
    assert "Erasing a person" in client.get("/admin/").text
    assert "0 of 1 done" in page
    run_queued()
    person.refresh_from_db()
    assert not person.is_active
    assert person.first_name == ""
    assert Learner.objects.filter(user=person).count() == 0
    job = Job.objects.get()
    assert job.state == "done"
    done = client.get(f"/admin/jobs/{job.pk}/").text
    assert "The person was erased." in done
    assert "Ann" not in done + client.get("/admin/").text


def test_without_a_worker_a_person_is_erased_at_once(client, person):
    assert "The person was erased." in erase(client, person).text
    person.refresh_from_db()
    assert not person.is_active
    assert not Job.objects.exists()


def test_whoever_types_another_address_erases_nobody(client, worker, person):
    assert "not the address of this account" in erase(client, person, "bo@a.org").text
    assert not Job.objects.exists()
    person.refresh_from_db()
    assert person.is_active


def test_the_log_says_who_erased_and_not_whom(client, administrator, person):
    erase(client, person)
    entry = ModelLogEntry.objects.get(action="accounts.erase_person")
    assert entry.user == administrator
    assert "ann" not in entry.label.lower()


def test_a_stopped_job_erases_nobody(client, worker, person):
    erase(client, person)
    job = Job.objects.get()
    stop_job(job=job, at=timezone.now())
    run_queued()
    assert "Nothing was erased." in client.get(f"/admin/jobs/{job.pk}/").text
    person.refresh_from_db()
    assert person.is_active


def downloaded(client, job):
    return json.loads(b"".join(client.get(f"/admin/jobs/{job.pk}/file/")))


def test_all_data_are_in_the_file_and_no_draft_is_left(
    client, worker, person, django_capture_on_commit_callbacks
):
    export(client, person)
    job = Job.objects.get()
    with django_capture_on_commit_callbacks(execute=True):
        run_queued()
    job.refresh_from_db()
    assert (job.state, job.done) == ("done", job.total)
    held = export_person(person.learner, person)
    assert downloaded(client, job) == json.loads(json.dumps(held))
    assert not any(file_exists(job, f"{part}.json") for part in range(job.total))


def test_without_a_worker_the_file_comes_at_once(client, person):
    answer = export(client, person)
    assert "attachment" in answer.headers["Content-Disposition"]
    assert answer.json()["account"]["email"] == "ann@example.org"
    assert not Job.objects.exists()


@pytest.mark.parametrize("has_worker", [True, False])
def test_an_export_is_noted_in_the_history(client, administrator, person, has_worker):
    if has_worker:
        a_listening_worker()
    export(client, person)
    run_queued()
    entry = ModelLogEntry.objects.get(action="accounts.export_person")
    assert (entry.user, entry.object_id) == (administrator, str(person.pk))


def test_pressing_the_button_twice_starts_one_job(client, worker, person):
    assert export(client, person).url == export(client, person).url
    assert Job.objects.count() == 1


def test_what_was_prepared_goes_when_somebody_is_erased(
    client, worker, person, django_capture_on_commit_callbacks
):
    export(client, person)
    job = Job.objects.get()
    do_part(job.pk, 0)
    other = UserFactory()
    with django_capture_on_commit_callbacks(execute=True):
        person_jobs._erase(other, by=None, at=timezone.now())
    run_queued()
    job.refresh_from_db()
    assert job.state == "failed"
    assert "somebody was erased" in job.error
    assert not file_exists(job, "result")


@pytest.mark.parametrize("start", [erase, export])
def test_whoever_lost_the_right_meanwhile_does_nothing(
    client, administrator, worker, person, start
):
    start(client, person)
    User.objects.filter(pk=administrator.pk).update(is_active=False)
    run_queued()
    job = Job.objects.get()
    assert job.state == "failed"
    assert "may not do it any more" in job.error
    User.objects.filter(pk=administrator.pk).update(is_active=True)
    resume_job(job=job)
    run_queued()
    job.refresh_from_db()
    assert job.state == "done"


def test_nobody_else_gets_the_file(client, worker, person):
    export(client, person)
    run_queued()
    job = Job.objects.get()
    client.force_login(a_person("Administrator"))
    assert client.get(f"/admin/jobs/{job.pk}/file/").status_code == 302


def test_nobody_erases_themselves_or_an_account_above_theirs(client, administrator):
    above = UserFactory(is_superuser=True, is_staff=True)
    administrator.is_superuser = False
    administrator.save()
    for person in (administrator, above):
        assert client.get(page_of(person)).status_code == 302
        erase(client, person, person.email)
        person.refresh_from_db()
        assert person.is_active

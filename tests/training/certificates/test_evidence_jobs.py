"""The evidence of a large team is prepared by a job, and only its starter gets it."""

import io
import subprocess
import sys
import zipfile
from datetime import timedelta

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.actions.learners import erase_person
from accounts.models import User
from course.models import CoursePage
from jobs.actions.chains import do_part, prune_jobs, resume_job, stop_job
from jobs.files import delete_all_files, file_exists
from jobs.models import Job
from tests.factories import a_course, lessons_of
from tests.jobs.queued import a_listening_worker, run_queued
from tests.roles import a_person
from tests.training.proof import files_of
from tests.training.rosters_in_jobs import now
from tests.training.staff import (
    a_member,
    a_team,
    a_trainer,
    an_assignment,
    pass_lesson,
)
from training.certificates.actions import evidence_drafts, evidence_jobs
from training.teams import log
from training.teams.models import Team

pytestmark = [pytest.mark.django_db, pytest.mark.long]


@pytest.fixture(autouse=True)
def two_people_a_part(monkeypatch):
    # Those of an earlier test had the same numbers.
    delete_all_files()
    monkeypatch.setattr(evidence_drafts, "PEOPLE", 2)
    monkeypatch.setattr(evidence_jobs, "MOST_ROWS", 2)


@pytest.fixture
def team():
    team = a_team("Ward 3")
    an_assignment(a_course(), team)
    for name in ("Ada", "Ben", "Cleo", "Dan"):
        a_member(team, first_name=name, last_name="Roe")
    return team


@pytest.fixture
def trainer(client, team):
    user = a_trainer(team)
    client.force_login(user)
    a_listening_worker()
    return user


def page_of(team, name):
    return f"/admin/training/teams/{team.pk}/{name}"


@pytest.fixture
def job(client, team, trainer):
    client.post(page_of(team, "evidence/"))
    return Job.objects.get()


def download(client, job):
    return client.get(f"/admin/jobs/{job.pk}/file/")


def entries():
    return log.training_entries().filter(action="training.exported")


def test_a_large_team_leads_to_a_job_and_the_job_to_the_file(client, team, trainer):
    asked = client.get(page_of(team, "evidence.zip"), follow=True)
    assert "prepared in the background" in asked.text
    assert not Job.objects.exists()
    client.post(page_of(team, "evidence/"))
    job = Job.objects.get()
    assert job.total == 4
    run_queued()
    assert now(job) == ("done", 4)
    assert "Download the file" in client.get(f"/admin/jobs/{job.pk}/").text
    answer = download(client, job)
    assert f"evidence-ward-3-{job.started_at:%Y-%m-%d}.zip" in str(answer.headers)
    people = [name for name in files_of(answer) if name.endswith(".html")]
    assert len(people) == 5


def test_the_file_is_the_one_that_a_request_would_have_made(client, team, job):
    run_queued()
    in_parts = files_of(download(client, job))
    Job.objects.all().delete()
    connection.cursor().execute("DELETE FROM jobs_workerheartbeat")
    at_once = files_of(client.get(page_of(team, "evidence.zip")))
    assert set(in_parts) == set(at_once)
    assert in_parts["verify.py"] == at_once["verify.py"]


def test_the_file_verifies_itself(client, job, tmp_path):
    run_queued()
    for name, content in files_of(download(client, job)).items():
        place = tmp_path / name
        place.parent.mkdir(exist_ok=True)
        place.write_bytes(content)
    check = [sys.executable, "verify.py"]
    subprocess.run(check, cwd=tmp_path, check=True, capture_output=True)


def test_each_person_is_logged_once_when_the_file_is_whole(job):
    do_part(job.pk, 0)
    assert not entries().exists()
    run_queued()
    about = entries().values_list("data__learner", flat=True)
    assert len(about) == len(set(about)) == 4
    assert set(entries().values_list("data__manifest", flat=True)) == {
        Job.objects.get().result["manifest"]
    }


def test_a_part_whose_worker_is_killed_is_written_again(client, job, monkeypatch):
    killed, store = [], evidence_drafts.store_file

    def be_killed_once(job, name, file):
        store(job, name, file)
        if name == "1.zip" and not killed:
            killed.append(name)
            raise SystemExit

    monkeypatch.setattr(evidence_drafts, "store_file", be_killed_once)
    run_queued()
    assert killed
    assert now(job) == ("done", 4)
    pages = [name for name in files_of(download(client, job)) if "people/" in name]
    assert len(pages) == len(set(pages)) == 8


def test_it_is_stopped_and_continued(client, job):
    do_part(job.pk, 0)
    stop_job(job=job, at=timezone.now())
    run_queued()
    assert now(job) == ("stopped", 2)
    assert download(client, job).status_code == 302
    resume_job(job=job)
    run_queued()
    assert now(job) == ("done", 4)


@pytest.mark.parametrize("loses", ["place", "account", "team"])
def test_whoever_may_not_see_the_team_any_more_gets_nothing(
    client, team, trainer, job, loses
):
    if loses == "place":
        team.memberships.filter(learner__user=trainer).end(timezone.now())
    elif loses == "account":
        User.objects.filter(pk=trainer.pk).update(is_active=False)
    else:
        Job.objects.update(about=Team.objects.latest("pk").pk + 1)
    run_queued()
    assert now(job) == ("failed", 0)
    assert "may not see the team any more" in job.error


def test_the_permission_is_checked_again_at_the_download(client, team, trainer, job):
    run_queued()
    team.memberships.filter(learner__user=trainer).end(timezone.now())
    assert download(client, job).status_code == 302
    assert "Download the file" not in client.get(f"/admin/jobs/{job.pk}/").text


@pytest.mark.parametrize("role", ["Administrator", "Trainer"])
def test_nobody_else_gets_the_file(client, team, job, role):
    run_queued()
    client.force_login(a_trainer(team) if role == "Trainer" else a_person(role))
    assert download(client, job).status_code == 302


def test_pressing_the_button_twice_starts_one_job(client, team, job):
    again = client.post(page_of(team, "evidence/"))
    assert again.headers["Location"] == f"/admin/jobs/{job.pk}/"
    assert Job.objects.count() == 1


def test_the_file_is_deleted_after_a_week(client, job):
    run_queued()
    prune_jobs(at=timezone.now() + timedelta(days=6))
    assert file_exists(job, "result")
    prune_jobs(at=timezone.now() + timedelta(days=8))
    assert not file_exists(job, "result")
    assert "has been deleted" in client.get(f"/admin/jobs/{job.pk}/").text
    assert download(client, job).status_code == 302


def test_no_draft_is_left(job, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        run_queued()
    for name in ("0.zip", "1.zip", "1.json", "contents.json"):
        assert not file_exists(job, name)


def test_files_go_when_somebody_is_erased(
    client, team, job, django_capture_on_commit_callbacks
):
    do_part(job.pk, 0)
    with django_capture_on_commit_callbacks(execute=True):
        person = User.objects.get(first_name="Ada")
        erase_person(learner=person.learner, user=person, at=timezone.now())
    run_queued()
    assert now(job) == ("failed", 2)
    assert "somebody was erased" in job.error


def test_the_file_is_a_whole_zip(client, job, tmp_path):
    run_queued()
    place = tmp_path / "evidence.zip"
    place.write_bytes(b"".join(download(client, job).streaming_content))
    assert zipfile.ZipFile(place).testzip() is None


def test_the_queries_of_a_part_do_not_grow_with_its_people(job, monkeypatch, team):
    counts, before = [], job.result
    for number in (2, 4):
        Job.objects.update(
            part=0, result=before, state="running", ended_at=None, done=0
        )
        monkeypatch.setattr(evidence_drafts, "PEOPLE", number)
        ContentType.objects.clear_cache()
        with CaptureQueriesContext(connection) as queries:
            do_part(job.pk, 0)
        counts.append(len(queries))
    assert counts[0] == counts[1]


@pytest.fixture
def stored(monkeypatch):
    """Return how many bytes of zip files were stored, file by file."""
    sizes, store = [], evidence_drafts.store_file

    def note(job, name, file):
        if name == "result" or name.endswith(".zip"):
            sizes.append(len(file.read()))
            file.seek(0)
        store(job, name, file)

    monkeypatch.setattr(evidence_drafts, "store_file", note)
    return sizes


def test_each_person_is_stored_twice_however_many_parts_there_are(
    team, job, stored, monkeypatch
):
    for number in range(10):
        a_member(team, first_name=f"Eve {number}", last_name="Roe")
    Job.objects.update(total=14)
    monkeypatch.setattr(evidence_drafts, "PEOPLE", 1)
    run_queued()
    assert now(job) == ("done", 14)
    *drafts, whole = stored
    assert len(drafts) == 15
    assert sum(drafts) < 1.5 * whole
    assert max(drafts) < whole / 5


def test_a_paper_of_people_in_two_parts_is_in_the_file_once(client, team, trainer, job):
    for name in ("Ada", "Dan"):
        client.force_login(User.objects.get(first_name=name))
        pass_lesson(client, lessons_of(CoursePage.objects.get())[0])
    client.force_login(trainer)
    run_queued()
    names = zip_of(download(client, job)).namelist()
    papers = [name for name in names if "papers/" in name]
    assert len(papers) == 2
    assert len(names) == len(set(names))


def zip_of(response):
    return zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content)))

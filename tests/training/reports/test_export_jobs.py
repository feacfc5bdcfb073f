"""A file of many rows is made by a worker, with what its reader may see then."""

import csv
import io
from datetime import timedelta

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from jobs.actions.chains import prune_jobs, resume_job, stop_job
from jobs.files import delete_all_files, file_exists
from jobs.models import Job
from tests.factories import a_course
from tests.jobs.queued import a_listening_worker, run_queued
from tests.roles import a_person
from tests.training.rosters_in_jobs import now
from tests.training.staff import Role, a_member, a_team, a_trainer, an_assignment
from training.reports.views import base, exports
from training.teams.actions.memberships import join_team, leave_team

pytestmark = pytest.mark.django_db

REPORT = "/admin/training/reports/matrix/"


@pytest.fixture(autouse=True)
def two_rows_are_many(monkeypatch):
    # Those of an earlier test had the same numbers.
    delete_all_files()
    monkeypatch.setattr(base, "MOST_AT_ONCE", 2)


@pytest.fixture
def team():
    return a_team("Ward 3")


@pytest.fixture
def assignment(team):
    for name in ("Ada", "Ben", "Cleo"):
        a_member(team, first_name=name, last_name="Roe")
    return an_assignment(a_course(), team)


@pytest.fixture
def trainer(client, team, assignment):
    user = a_trainer(team)
    client.force_login(user)
    return user


@pytest.fixture
def worker():
    a_listening_worker()


def address(assignment, form="csv"):
    return f"{REPORT}?team={assignment.teams.get().pk}&export={form}"


def started(client, assignment, form="csv"):
    asked = client.get(address(assignment, form), follow=True)
    client.post(asked.redirect_chain[-1][0])
    return Job.objects.get()


def download(client, job):
    return client.get(f"/admin/jobs/{job.pk}/file/")


def content(answer):
    return b"".join(answer.streaming_content)


def test_many_rows_lead_to_a_job_and_the_job_to_the_file(
    client, trainer, assignment, worker
):
    asked = client.get(address(assignment), follow=True)
    assert "prepared in the background" in asked.text
    assert not Job.objects.exists()
    job = started(client, assignment)
    assert job.total == 3
    run_queued()
    assert now(job) == ("done", 3)
    answer = download(client, job)
    assert f'filename="matrix-{job.started_at:%Y-%m-%d}.csv"' in str(answer.headers)
    rows = list(csv.reader(io.StringIO(content(answer).decode("utf-8-sig"))))
    assert {row[0] for row in rows[1:]} == {"Ada Roe", "Ben Roe", "Cleo Roe"}


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_the_file_is_the_one_that_a_request_would_have_made(
    client, trainer, assignment, worker, monkeypatch, form
):
    job = started(client, assignment, form)
    run_queued()
    by_worker = content(download(client, job))
    monkeypatch.setattr(base, "MOST_AT_ONCE", 100)
    at_once = client.get(address(assignment, form))
    at_once = b"".join(at_once)
    if form == "xlsx":
        by_worker, at_once = (
            list(load_workbook(io.BytesIO(file)).active.values)
            for file in (by_worker, at_once)
        )
    assert by_worker == at_once


def test_few_rows_and_a_site_without_a_worker_answer_at_once(
    client, trainer, assignment, monkeypatch
):
    assert "attachment" in client.get(address(assignment))["Content-Disposition"]
    a_listening_worker()
    monkeypatch.setattr(base, "MOST_AT_ONCE", 3)
    assert "attachment" in client.get(address(assignment))["Content-Disposition"]


@pytest.mark.parametrize("loses", ["place", "account"])
def test_whoever_may_not_see_the_report_any_more_gets_nothing(
    client, team, trainer, assignment, worker, loses
):
    job = started(client, assignment)
    if loses == "place":
        team.memberships.filter(learner__user=trainer).end(timezone.now())
        trainer.groups.clear()
    else:
        type(trainer).objects.filter(pk=trainer.pk).update(is_active=False)
    run_queued()
    assert now(job) == ("failed", 0)
    assert "may not see the report any more" in job.error
    assert not file_exists(job, "result")


def test_the_permission_is_checked_again_at_the_download(
    client, team, trainer, assignment, worker
):
    job = started(client, assignment)
    run_queued()
    assert download(client, job).status_code == 200
    team.memberships.filter(learner__user=trainer).end(timezone.now())
    assert download(client, job).status_code == 302


def test_nobody_else_gets_the_file(client, team, trainer, assignment, worker):
    job = started(client, assignment)
    run_queued()
    for other in (a_trainer(team), a_person("Administrator")):
        client.force_login(other)
        assert download(client, job).status_code == 302


def test_pressing_the_button_twice_starts_one_job(client, trainer, assignment, worker):
    asked = client.get(address(assignment), follow=True)
    first, second = (client.post(asked.redirect_chain[-1][0]) for _ in range(2))
    assert first.headers["Location"] == second.headers["Location"]
    assert Job.objects.count() == 1


def test_a_worker_that_is_killed_makes_the_file_again(
    client, trainer, assignment, worker, monkeypatch
):
    job, killed, store = started(client, assignment), [], exports.store_file

    def be_killed_once(job, name, file):
        store(job, name, file)
        if not killed:
            killed.append(name)
            raise SystemExit

    monkeypatch.setattr(exports, "store_file", be_killed_once)
    run_queued()
    assert killed
    assert now(job) == ("done", 3)
    assert content(download(client, job)).count(b"Ada Roe") == 1


def test_it_is_stopped_and_continued(client, trainer, assignment, worker):
    job = started(client, assignment)
    stop_job(job=job, at=timezone.now())
    run_queued()
    assert now(job) == ("stopped", 0)
    assert client.get(f"/admin/jobs/{job.pk}/").status_code == 200
    resume_job(job=job)
    run_queued()
    assert now(job) == ("done", 3)


def test_a_team_that_is_out_of_sight_meanwhile_is_not_replaced_by_another(
    client, team, trainer, assignment, worker
):
    job = started(client, assignment)
    other = a_team("Ward 4")
    join_team(team=other, learner=trainer.learner, role=Role.TRAINER, at=timezone.now())
    leave_team(team=team, learner=trainer.learner, at=timezone.now())
    run_queued()
    assert now(job) == ("failed", 0)
    assert "may not see the report any more" in job.error


def test_filters_are_forgotten_once_the_file_is_made(
    client, trainer, assignment, worker
):
    job = started(client, assignment)
    run_queued()
    job.refresh_from_db()
    assert "query" not in job.result


@pytest.mark.parametrize("path", ["nothing/export/?export=csv", "matrix/export/"])
def test_what_is_no_report_is_not_found(client, trainer, path):
    assert client.get(f"/admin/training/reports/{path}").status_code == 404


def test_the_file_is_deleted_after_a_week(client, trainer, assignment, worker):
    job = started(client, assignment)
    run_queued()
    prune_jobs(at=timezone.now() + timedelta(days=8))
    assert not file_exists(job, "result")

"""Whoever runs the site finds what failed, and has it run again."""

import pytest
from django.utils import timezone
from django_q.models import Failure, OrmQ

from jobs.actions.schedules import keep_schedules
from jobs.engine import RUN_RECURRING
from jobs.models import Job
from tests.browser.accessibility import violations
from tests.browser.writing import sign_in
from tests.factories import UserFactory

PAGE = "/admin/background-work/"


@pytest.fixture
def failure(site):
    at = timezone.now()
    keep_schedules(at=at)
    return Failure.objects.create(
        id="1" * 32,
        name="made up",
        func=RUN_RECURRING,
        args=("purge_learners",),
        kwargs={},
        result="OperationalError in accounts/actions/learners.py, line 7 : Traceback",
        started=at,
        stopped=at,
        success=False,
    )


@pytest.mark.journey("jobs")
def test_a_failed_task_is_found_and_runs_again(open_page, site, failure):
    page = open_page("/healthz", width=1280)
    sign_in(page, site)
    page.goto(PAGE)
    assert violations(page, context="main") == []
    assert "OperationalError in accounts" in page.locator("main").inner_text()
    page.get_by_role("button", name="Run again").click()
    page.get_by_text("The task will run again soon.").wait_for()
    assert "No task has failed" in page.locator("main").inner_text()
    assert OrmQ.objects.get().args() == ("purge_learners",)


def test_a_job_is_watched_and_stopped_without_scripts(open_page, site):
    page = open_page("/healthz", width=1280, scripts=False)
    person = UserFactory(administrator=True)
    job = Job.objects.create(
        kind="give_out",
        about=1,
        total=2000,
        done=500,
        started_by=person,
        started_at=timezone.now(),
    )
    sign_in(page, site, person)
    page.goto(f"/admin/jobs/{job.pk}/")
    assert "500 of 2000 done" in page.locator("main").inner_text()
    page.get_by_role("button", name="Stop").click()
    page.get_by_text("The job will stop after the part that is running.").wait_for()
    job.refresh_from_db()
    assert job.stop_asked_at


def test_axe_finds_nothing_on_the_page_of_a_job(open_page, site):
    page = open_page("/healthz", width=1280)
    at = timezone.now()
    sign_in(page, site)
    for state in ("running", "failed", "done"):
        ended = None if state == "running" else at
        job = Job.objects.create(
            kind="give_out",
            about=1,
            total=9,
            started_at=at,
            state=state,
            ended_at=ended,
            error="Row 3." if state == "failed" else "",
        )
        page.goto(f"/admin/jobs/{job.pk}/")
        assert violations(page, context="main") == [], state
    page.goto(PAGE)
    assert violations(page, context="main") == []

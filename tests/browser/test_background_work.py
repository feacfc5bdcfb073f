"""Whoever runs the site finds what failed, and has it run again."""

import pytest
from django.utils import timezone
from django_q.models import Failure, OrmQ

from jobs.actions.schedules import keep_schedules
from jobs.engine import RUN_RECURRING
from tests.browser.accessibility import violations
from tests.browser.writing import sign_in

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
    page.get_by_text("The task runs again soon.").wait_for()
    assert "No task has failed" in page.locator("main").inner_text()
    assert OrmQ.objects.get().args() == ("purge_learners",)

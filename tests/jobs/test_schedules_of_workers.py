"""Each schedule runs once, however many workers there are."""

import time

import pytest
from django.utils import timezone
from django_q.models import OrmQ, Schedule

from jobs.actions.schedules import keep_schedules
from tests.waiting import wait_until

pytestmark = pytest.mark.sweep


def test_a_schedule_runs_once_with_two_workers(start_worker, log):
    keep_schedules(at=timezone.now())
    workers = [start_worker(ROUND="30") for _ in range(2)]
    wait_until(lambda: "ran" in log.read_text())
    wait_until(lambda: not OrmQ.objects.exists())
    time.sleep(3)
    assert log.read_text().splitlines() == ["ran"]
    assert Schedule.objects.filter(name="note_run").count() == 1
    for worker in workers:
        assert worker.end() < 20

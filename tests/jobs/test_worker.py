"""A worker does what was queued, is killed and ended, and leaves nothing behind."""

import os
import signal
import subprocess
import sys
import time
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from django_q.models import Failure, OrmQ

from jobs.actions.chains import start_job, take_up_lost_jobs
from jobs.actions.queueing import queue_task
from jobs.models import Job, RecurringRun
from jobs.queries import worker_listens
from tests.jobs.conftest import children_of, is_running
from tests.jobs.slow_count import SlowCount
from tests.waiting import wait_until

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="Reads /proc."),
    pytest.mark.sweep,
]


def lines(log):
    return log.read_text().splitlines()


def test_what_is_queued_is_done_once_it_is_committed(start_worker, log):
    with transaction.atomic():
        queue_task("note_number", 1)
        transaction.set_rollback(True)
    queue_task("note_number", 2)
    start_worker()
    wait_until(lambda: lines(log) and not OrmQ.objects.exists())
    assert lines(log) == ["number 2"]


def test_urgent_tasks_do_not_wait_for_long_ones(start_worker, log):
    for number in range(3):
        queue_task("take_long", number)
    start_worker()
    wait_until(lambda: "begin 0" in lines(log))
    queue_task("note_number", 9, urgent=True)
    wait_until(lambda: "number 9" in lines(log))
    assert "end 0" not in lines(log)
    assert "begin 1" not in lines(log)


def test_a_failed_task_is_kept_without_what_may_name_people(start_worker, log):
    queue_task("fail", 1)
    start_worker()
    wait_until(Failure.objects.exists)
    wait_until(lambda: not OrmQ.objects.exists())
    failure = Failure.objects.get()
    assert failure.result.startswith("RuntimeError in tests/jobs/made_up.py, line ")
    assert "ann@example.org" not in failure.result


@pytest.mark.parametrize("whole", [False, True], ids=["worker", "cluster"])
def test_a_task_whose_worker_was_killed_is_taken_up_again_once(
    start_worker, log, whole
):
    queue_task("take_long", 1)
    worker = start_worker()
    wait_until(lambda: "begin 1" in lines(log))
    before = worker.descendants()
    if whole:
        worker.end(signal.SIGKILL)
        wait_until(lambda: not any(map(is_running, before)))
        start_worker()
    else:
        # The one that waits for work, too: it holds the lock of the queue.
        kill_workers(worker)
    wait_until(lambda: not OrmQ.objects.exists())
    time.sleep(2)
    assert lines(log) == ["begin 1", "begin 1", "end 1"]
    assert not Failure.objects.exists()


def kill_workers(worker):
    """Kill the two that do tasks: the engine starts them before its other two."""
    [sentinel] = [pid for pid in worker.descendants() if children_of(pid)]
    for pid in children_of(sentinel)[:2]:
        os.kill(pid, signal.SIGKILL)


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_it_ends_soon_while_it_has_nothing_to_do(start_worker, how):
    worker = start_worker()
    wait_until(lambda: len(worker.descendants()) == 5)
    time.sleep(1)
    below = worker.descendants()
    assert worker.end(how) < 10
    assert worker.process.returncode == 0
    wait_until(lambda: not any(map(is_running, below)))


def test_it_ends_soon_in_the_middle_of_a_task(start_worker, log):
    queue_task("take_long", 1)
    queue_task("take_long", 2)
    worker = start_worker(TAKES="60")
    wait_until(lambda: "begin 1" in lines(log))
    below = worker.descendants()
    assert worker.end() < 10
    wait_until(lambda: not any(map(is_running, below)))


def test_it_ends_with_the_process_it_runs_beside(start_worker):
    waiting = [sys.executable, "-c", "input()"]
    with subprocess.Popen(waiting, stdin=subprocess.PIPE) as server:
        worker = start_worker("--beside", str(server.pid))
        wait_until(lambda: len(worker.descendants()) == 5)
        below = worker.descendants()
        server.kill()
    worker.process.wait(10)
    wait_until(lambda: not any(map(is_running, below)))


def test_nothing_outlives_a_worker_that_was_killed(start_worker):
    worker = start_worker()
    wait_until(lambda: len(worker.descendants()) == 5)
    below = worker.descendants()
    worker.end(signal.SIGKILL)
    wait_until(lambda: not any(map(is_running, below)))


def test_a_worker_gives_a_sign_while_it_takes_tasks(start_worker):
    assert not worker_listens(at=timezone.now())
    start_worker()
    wait_until(lambda: worker_listens(at=timezone.now()))
    assert not worker_listens(at=timezone.now() + timedelta(minutes=1))


def test_a_job_whose_worker_was_killed_does_each_row_once(start_worker, log):
    start_job(kind=SlowCount(), about=1, total=5, by=None, at=timezone.now())
    worker = start_worker()
    wait_until(lambda: "begin 1" in lines(log))
    kill_workers(worker)
    wait_until(lambda: Job.objects.get().state == "done")
    rows = RecurringRun.objects.filter(command__startswith="number ")
    assert sorted(rows.values_list("command", flat=True)) == [
        f"number {number}" for number in range(5)
    ]
    assert lines(log) == ["begin 1", "begin 1", "end 1"]
    assert Job.objects.get().done == 5


def test_a_job_whose_worker_and_queued_row_are_gone_goes_on(start_worker, log):
    start_job(kind=SlowCount(), about=1, total=5, by=None, at=timezone.now())
    worker = start_worker()
    wait_until(lambda: "begin 1" in lines(log))
    below = worker.descendants()
    worker.end(signal.SIGKILL)
    wait_until(lambda: not any(map(is_running, below)))
    OrmQ.objects.all().delete()
    assert take_up_lost_jobs() == 1
    start_worker()
    wait_until(lambda: Job.objects.get().state == "done")
    assert Job.objects.get().done == 5
    assert lines(log) == ["begin 1", "begin 1", "end 1"]

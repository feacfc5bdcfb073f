import contextlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from jobs import register
from tests.jobs import made_up


def address_of(database):
    """Return the address of the test's own database, for other processes."""
    if connection.vendor == "sqlite":
        return f"sqlite:///{database['NAME']}"
    port = database["PORT"] or 5432
    return (
        f"postgres://{database['USER']}:{database['PASSWORD']}@{database['HOST']}:{port}"
        f"/{database['NAME']}"
    )


class WorkerProcess:
    """`manage.py run_worker` on the database of the test, in a process of its own."""

    def __init__(self, log, *options, **environment):
        self.log = log
        told = {
            made_up.LOG: str(log),
            "DATABASE_URL": address_of(connection.settings_dict),
            "DJANGO_SETTINGS_MODULE": "tests.jobs.worker_settings",
        }
        self.process = subprocess.Popen(
            [sys.executable, "manage.py", "run_worker", *options],
            cwd=settings.BASE_DIR,
            env=os.environ | told | environment,
            start_new_session=True,
        )

    @property
    def pid(self):
        return self.process.pid

    def descendants(self):
        """Return the processes below it."""
        found, level = [], [self.pid]
        while level:
            level = [child for pid in level for child in children_of(pid)]
            found += level
        return found

    def end(self, how=signal.SIGTERM, within=60):
        """Return how many seconds it took to end."""
        began = time.monotonic()
        self.process.send_signal(how)
        self.process.wait(within)
        return time.monotonic() - began


def children_of(pid):
    with contextlib.suppress(OSError):
        found = Path(f"/proc/{pid}/task/{pid}/children").read_text()
        return [int(child) for child in found.split()]
    return []


def is_running(pid):
    """Return whether the process is there, and not only waits to be buried."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


@pytest.fixture
def log(tmp_path):
    """Where tasks of tests write what they do."""
    file = tmp_path / "log"
    file.touch()
    return file


@pytest.fixture
def made_up_tasks(monkeypatch, log):
    """Let the test queue, and run, what the worker's settings know."""
    monkeypatch.setenv(made_up.LOG, str(log))
    for task in made_up.TASKS:
        monkeypatch.setitem(register._tasks, task.name, task)


@pytest.fixture
def start_worker(transactional_db, made_up_tasks, log):
    """Start workers, and leave none behind."""
    started = []

    def start(*options, **environment):
        started.append(WorkerProcess(log, *options, **environment))
        return started[-1]

    yield start
    for worker in started:
        left = [pid for pid in (worker.pid, *worker.descendants()) if is_running(pid)]
        for pid in left:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        worker.process.wait(20)

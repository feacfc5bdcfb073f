"""Tasks of tests, known to the worker that a test starts and to the test itself.

What each does is noted in the file that the environment names, a line each.
"""

import os
import time
from dataclasses import replace
from pathlib import Path

from django.apps import AppConfig

from jobs.register import (
    RecurringWork,
    Task,
    register_recurring,
    register_tasks,
    task_with,
)
from jobs.rules import Recurrence

LOG = "MADE_UP_LOG"


def note(text):
    """Write the line at once, so that it is there when the process is killed."""
    with Path(os.environ[LOG]).open("a") as log:
        log.write(f"{text}\n")


def note_number(number):
    note(f"number {number}")


def take_long(number):
    """Take some seconds, which the second time are spared."""
    note(f"begin {number}")
    if Path(os.environ[LOG]).read_text().count(f"begin {number}") == 1:
        time.sleep(float(os.environ.get("TAKES", "6")))
    note(f"end {number}")


def fail(number):
    raise RuntimeError("ann@example.org cannot be written to.")


TASKS = (
    Task("note_number", "Note a number", note_number, "Nothing."),
    Task(
        "take_long",
        "Take long",
        take_long,
        "Wait.",
        seconds=int(os.environ.get("TAKES", "6")) + 2,
    ),
    Task("fail", "Fail", fail, "Ask the operator."),
)


class MadeUpConfig(AppConfig):
    name = "tests.jobs"
    label = "made_up"

    def ready(self):
        from jobs import broker
        from jobs.actions.chains import DO_PART
        from jobs.kinds import register_job_kinds
        from tests.jobs.slow_count import SlowCount

        # One that was killed is not waited for as long.
        broker.GRACE = 1
        register_tasks(*TASKS)
        register_job_kinds(SlowCount())
        register_tasks(replace(task_with(DO_PART), seconds=8))
        register_recurring(
            RecurringWork("note_run", "Note that it ran", Recurrence(minutes=60))
        )

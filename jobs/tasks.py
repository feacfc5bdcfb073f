"""What the engine calls: one function for tasks and one for recurring work.

What is kept of a failure says what was raised and where, never in which words: these may
name people, and go to the log only.
"""

import datetime as dt
import logging
import traceback
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from jobs.actions.recurring import run_recurring_work
from jobs.register import recurring_work_with, task_with

logger = logging.getLogger(__name__)


class TaskFailed(Exception):
    """It raised something; the message says what and where."""


def run_recurring(command: str) -> None:
    """Run recurring work. Raises TaskFailed."""
    work = recurring_work_with(command)
    if work:
        at: dt.datetime = timezone.now()
        _run_guarded(command, lambda: run_recurring_work(work=work, at=at))


def run_task(name: str, *ids: int | UUID) -> None:
    """Run the task with its ids. Raises TaskFailed, also where no room knows it."""
    task = task_with(name)
    if task is None:
        raise TaskFailed("No part of the site knows this task.")
    _run_guarded(name, lambda: task.run(*ids))


def _run_guarded(name, call):
    try:
        call()
    # Whatever went wrong is shown to whoever runs the site. What cuts a task off is
    # a SystemExit of the engine's.
    except (Exception, SystemExit) as error:
        logger.exception("%s failed.", name)
        raise TaskFailed(describe_error(error)) from None


def describe_error(error: BaseException) -> str:
    """Return the error's class and the last line of ours that led to it."""
    named = type(error).__name__
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        file = Path(frame.filename)
        if file.is_relative_to(settings.BASE_DIR) and "site-packages" not in file.parts:
            place = file.relative_to(settings.BASE_DIR)
            return f"{named} in {place}, line {frame.lineno}"
    return named

"""What runs in the background. Rooms say it in `AppConfig.ready()`; there is no other list."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise

from jobs.rules import Recurrence


@dataclass(frozen=True)
class RecurringWork:
    """A management command that runs again and again; running it twice does no harm."""

    command: str
    label: str | Promise
    recurrence: Recurrence


@dataclass(frozen=True)
class Task:
    """What is done once, soon after it was asked for; doing it twice does no harm.

    `run` takes the ids that were queued with it. `advice` says what to do when it
    failed. After `seconds` it is cut off.
    """

    name: str
    label: str | Promise
    run: Callable[..., None]
    advice: str | Promise
    seconds: int = 60


_works: dict[str, RecurringWork] = {}
_tasks: dict[str, Task] = {}


def register_recurring(*works: RecurringWork) -> None:
    """Have these commands run at their times."""
    _works.update({work.command: work for work in works})


def recurring_work() -> list[RecurringWork]:
    """Return all recurring work: what is due most often first."""
    return sorted(
        _works.values(),
        key=lambda work: (work.recurrence.minutes or 24 * 60, work.recurrence.at),
    )


def recurring_work_with(command: str) -> RecurringWork | None:
    """Return the recurring work that is this command; None where there is none."""
    return _works.get(command)


def register_tasks(*tasks: Task) -> None:
    """Let these tasks be queued."""
    _tasks.update({task.name: task for task in tasks})


def task_with(name: str) -> Task | None:
    """Return the task of that name; None where no room knows it any more."""
    return _tasks.get(name)

"""Reading what somebody uploaded, within bounds of time and memory.

A file of a few kilobytes can ask for hours of work or all of a machine's memory, and no
look at its size tells. So whoever takes a file from outside hands its reader to
`read_within`, which runs it in a process of its own that the system ends at its limits
(`docs/architecture.md`, “Files from outside”).
"""

import fcntl
import json
import os
import pickle
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import BoundedSemaphore
from typing import IO, Any, TypeVar

from django.apps import apps
from django.utils import translation

from course.tasks.bounded_child import BEYOND

SECONDS = 8
"""Of a processor's time, out of the ten in which an upload is answered."""
PATIENCE = 1.5
"""Seconds more by the clock, in which the machine may do other things."""
MEGABYTES = 300
AT_ONCE = 2
"""Files that are read at a time by all processes of the site, so none starves another."""
HELD_UP = 3
"""Threads of one process that may read or wait: the fourth of gunicorn's stays free."""
LONGEST_WAIT = 2

Answer = TypeVar("Answer")

_ROOT = Path(__file__).resolve().parents[2]
PLACES = _ROOT / "var" / "reading"
"""Where the processes of the site see which of the places to read are taken."""
_here = BoundedSemaphore(HELD_UP)


class BeyondBounds(Exception):
    """The reader would need more time or memory than a file may take."""


class TooManyAtOnce(Exception):
    """Files of others keep the machine busy; the same one may be tried in a minute."""


def read_within(
    reader: Callable[..., Answer],
    *arguments: Any,
    seconds: int | None = None,
    megabytes: int = MEGABYTES,
) -> Answer:
    """Return what `reader(*arguments)` returns, or raise what it raises.

    The reader is a function of a module that needs no app and no database; arguments,
    answer and exceptions can be pickled. It speaks the language that is active here.
    Raises BeyondBounds where it took more than `seconds` of work (`SECONDS` if none are
    given) or `megabytes`, and TooManyAtOnce where it did not get its turn, or not that
    much work in the time there is.
    """
    seconds = SECONDS if seconds is None else seconds
    until = time.monotonic() + seconds + PATIENCE
    with _turn():
        limits = _limits(seconds, megabytes)
        answered, answer = _ask(reader, arguments, until, limits)
    if answered == "raised":
        raise answer
    return answer


@contextmanager
def _turn() -> Iterator[None]:
    if not _here.acquire(blocking=False):
        raise TooManyAtOnce
    try:
        with _free_place(time.monotonic() + LONGEST_WAIT):
            yield
    finally:
        _here.release()


def _free_place(until: float) -> IO[str]:
    """Return a place to read, taken until it is closed, or until this process ends."""
    PLACES.mkdir(parents=True, exist_ok=True)
    while True:
        for number in range(AT_ONCE):
            place = (PLACES / str(number)).open("w")
            try:
                fcntl.flock(place, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                place.close()
            else:
                return place
        if time.monotonic() >= until:
            raise TooManyAtOnce
        time.sleep(0.05)


def _ask(reader, arguments, until: float, limits: str) -> tuple[str, Any]:
    question = pickle.dumps((reader.__module__, reader.__qualname__, arguments))
    left = max(until - time.monotonic(), 1)
    process = subprocess.Popen(  # noqa: S603 -- ourselves
        [sys.executable, "-m", "course.tasks.bounded_child", limits],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=_ROOT,
        env=_environment(),
    )
    with process:
        try:
            answer, complaint = process.communicate(question, timeout=left)
        except subprocess.TimeoutExpired as error:
            # Its own bound would have ended it, had the machine had time for it.
            raise TooManyAtOnce from error
        finally:
            process.kill()
    if process.returncode == BEYOND or process.returncode < 0:
        raise BeyondBounds
    if process.returncode:
        raise RuntimeError(complaint.decode(errors="replace"))
    return pickle.loads(answer)  # noqa: S301 -- from our own process


def _limits(seconds: int, megabytes: int) -> str:
    folders = (Path(app.path) / "locale" for app in apps.get_app_configs())
    return json.dumps(
        {
            "seconds": seconds,
            "megabytes": megabytes,
            "language": translation.get_language() or "en",
            "locale_paths": [
                str(folder)
                for folder in folders
                if folder.is_relative_to(_ROOT) and folder.is_dir()
            ],
        }
    )


def _environment() -> dict[str, str]:
    """Return what Python needs to start; no password goes where hostile files are read."""
    kept = ("PATH", "PYTHONPATH", "LD_LIBRARY_PATH")
    known = {name: os.environ[name] for name in kept if name in os.environ}
    return known | {"PYTHONUTF8": "1"}

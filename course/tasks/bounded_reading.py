"""Read uploaded files within limits of time and memory.

A file of a few kilobytes can demand hours of work or all of a machine's memory, which
its size does not show. So readers of uploaded files run in `read_within`, in a separate
process that the system stops at its limits (`docs/architecture.md`, “Files from
outside”).
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
"""Seconds of processor time, out of the ten within which an upload is answered."""
PATIENCE = 1.5
"""Additional seconds of clock time, because the machine may be busy."""
MEGABYTES = 300
AT_ONCE = 2
"""How many files all processes of the site may read at a time."""
HELD_UP = 3
"""How many threads of a process may read or wait. gunicorn's fourth stays free."""
LONGEST_WAIT = 2

Answer = TypeVar("Answer")

_ROOT = Path(__file__).resolve().parents[2]
PLACES = _ROOT / "var" / "reading"
"""Lock files that show all processes of the site which places are taken."""
_here = BoundedSemaphore(HELD_UP)


class BeyondBounds(Exception):
    """The reader needs more time or memory than allowed."""


class TooManyAtOnce(Exception):
    """Too many other files are being read. The same file may work in a minute."""


def read_within(
    reader: Callable[..., Answer],
    *arguments: Any,
    seconds: int | None = None,
    megabytes: int = MEGABYTES,
) -> Answer:
    """Return what `reader(*arguments)` returns, or raise what it raises.

    The reader must be a module's function that needs no apps and no database.
    Arguments, result and exceptions must support pickling. The active language is the
    same as here.

    Raises BeyondBounds if it takes more than `seconds` of processor time (by default
    `SECONDS`) or `megabytes` of memory, and TooManyAtOnce if it does not get its turn
    or enough processor time.
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
    """Return a free place, which is taken until it is closed or the process ends."""
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
            # With enough processor time, the child's own limit would have stopped it.
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
    """Return the variables that Python needs, without passwords."""
    kept = ("PATH", "PYTHONPATH", "LD_LIBRARY_PATH")
    known = {name: os.environ[name] for name in kept if name in os.environ}
    return known | {"PYTHONUTF8": "1"}

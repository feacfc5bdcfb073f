"""Who uses the site's files on this machine: a lock that ends with its processes.

The web server, workers and every `manage.py` command share it; restoring a backup has it
alone. The system releases it however a process ends, so nothing stays locked after a
power cut.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

NAME = "running.lock"


class RunningLockTaken(Exception):
    """A process of the site runs, or a backup is being restored."""


def hold_running_lock(folder: Path) -> None:
    """Keep backups from being restored until this process and its children end.

    Does nothing if the folder does not exist yet or cannot be written to. Raises
    RunningLockTaken while a backup is being restored.
    """
    try:
        descriptor = _open(folder)
    except OSError:
        return
    _lock(descriptor, fcntl.LOCK_SH)


@contextmanager
def exclusive_running_lock(folder: Path) -> Iterator[None]:
    """Let no process of the site start meanwhile.

    Raises RunningLockTaken if one runs.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = _open(folder)
    try:
        _lock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _open(folder):
    return os.open(folder / NAME, os.O_RDWR | os.O_CREAT, 0o600)


def _lock(descriptor, kind):
    try:
        fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise RunningLockTaken from error

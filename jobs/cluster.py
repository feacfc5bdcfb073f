"""Running the engine beside a server, and ending it: soon, whole, and with its server."""

import ctypes
import gc
import logging
import os
import signal
import sys
import threading
import uuid
from multiprocessing import Event

from django.db import connections
from django_q.cluster import Sentinel, get_mp_context

logger = logging.getLogger(__name__)

# Then what is being done is cut off; it is done anew when its time is over.
STOPS_WITHIN = 6  # seconds
PR_SET_PDEATHSIG = 1  # prctl(2)


def run_cluster(*, beside: int | None) -> None:
    """Run until told to stop, or until the process `beside` is gone."""
    stopping = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopping.set())
    _prepare_forks()
    while not stopping.is_set():
        _run_engine(stopping, beside)
        # One that dies at once is not started a hundred times a second.
        stopping.wait(1)


def _run_engine(stopping, beside):
    """Run one engine until it should stop, or dies."""
    stop = Event()
    arguments = (stop, Event(), uuid.uuid4())
    engine = get_mp_context().Process(target=WatchfulSentinel, args=arguments)
    engine.start()
    while engine.is_alive() and not stopping.wait(0.5):
        if beside and not _is_there(beside):
            stopping.set()
    stop.set()
    engine.join(STOPS_WITHIN)
    if engine.is_alive():
        # Its children end with it.
        engine.kill()
        engine.join()


class WatchfulSentinel(Sentinel):
    """The engine's watch over its processes, which ends when one of them was killed.

    Whoever is killed may hold the lock of a queue, and all others would wait for it for
    ever. What they were doing is done anew, as after any death.
    """

    def reincarnate(self, process):
        if process in self.pool and process.timer.value in {0, -2}:
            super().reincarnate(process)
            return
        logger.error("A background process was killed; all of them start anew.")
        for each in (*self.pool, self.monitor, self.pusher):
            each.kill()
        os._exit(1)


def _is_there(process):
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _prepare_forks():
    """Let no child share a connection, outlive its parent, or copy what all share."""
    parents = []
    os.register_at_fork(
        before=lambda: (close_databases(), parents.append(os.getpid())),
        after_in_child=lambda: _end_with_parent(parents[-1]),
    )
    gc.collect()
    gc.freeze()


def close_databases() -> None:
    """Close every connection, and what keeps several open."""
    for connection in connections.all(initialized_only=True):
        connection.close()
        if hasattr(connection, "close_pool"):
            connection.close_pool()


def _end_with_parent(parent):
    """Have Linux kill this process when its parent is gone, however it went.

    A worker whose cluster was killed would otherwise wait for ever, and what pulls
    tasks would pull them for nobody.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:
            os._exit(1)

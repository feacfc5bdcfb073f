"""The production server, started to be measured, on this machine alone."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

PRODUCTION = "config.settings.production"
PLAIN = "tests.load.pages.plain_settings"
START_SECONDS = 60
STOP_SECONDS = 20
KILOBYTE = 1024
BUFFER = 65_536


def request_for(path: str, cookie: str = "") -> bytes:
    """Return a request as a browser sends it."""
    lines = [
        f"GET {path} HTTP/1.1",
        "Host: 127.0.0.1:8000",
        "Accept-Encoding: gzip, deflate, br",
        *([f"Cookie: {cookie}"] if cookie else []),
    ]
    return "\r\n".join([*lines, "", ""]).encode()


@contextlib.contextmanager
def serve_site(settings: str = PRODUCTION, processes: int = 2) -> Iterator["Server"]:
    """Serve the site as `script/server` does; yield the server that answers."""
    server = Server(settings, processes)
    try:
        server.wait_until_it_answers()
        yield server
    finally:
        stop_process(server.process)


class Server:
    """A gunicorn with the project's configuration, on a port of its own."""

    def __init__(self, settings: str, processes: int):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        given = {"HOST": "127.0.0.1", "PORT": str(self.port)}
        given |= {"WEB_CONCURRENCY": str(processes), "DJANGO_SETTINGS_MODULE": settings}
        self.process = start_process(
            "-m", "gunicorn", "--config", "config/gunicorn.py", "config.wsgi", **given
        )

    def wait_until_it_answers(self) -> None:
        until = time.monotonic() + START_SECONDS
        while time.monotonic() < until:
            with contextlib.suppress(OSError):
                self.ask([request_for("/healthz")])
                return
            time.sleep(0.2)
        raise RuntimeError("The server did not start.")

    def ask(self, requests: list[bytes]) -> None:
        """Send the requests one after the other."""
        with socket.create_connection(("127.0.0.1", self.port)) as connection:
            for request in requests:
                read_answer(connection, request)

    def count_answers(self, request: bytes, seconds: float, people: int = 4) -> float:
        """Return how many answers a second so many people get who ask all the time."""
        counts = [0] * people
        until = time.monotonic() + seconds

        def keep_asking(place):
            with socket.create_connection(("127.0.0.1", self.port)) as connection:
                while time.monotonic() < until:
                    read_answer(connection, request)
                    counts[place] += 1

        threads = [
            threading.Thread(target=keep_asking, args=[place])
            for place in range(people)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return sum(counts) / seconds


def read_answer(connection: socket.socket, request: bytes) -> None:
    """Send the request and read its answer. Raises RuntimeError for an error."""
    connection.sendall(request)
    head = b""
    while b"\r\n\r\n" not in head:
        received = connection.recv(BUFFER)
        if not received:
            raise ConnectionResetError
        head += received
    head, _, body = head.partition(b"\r\n\r\n")
    if head[9:10] not in (b"2", b"3"):
        raise RuntimeError(f"{request[:80]!r} was answered {head[:40]!r}.")
    length = int(head.lower().partition(b"content-length:")[2].split(b"\r\n")[0])
    left = length - len(body)
    while left > 0:
        left -= len(connection.recv(min(left, BUFFER)))


def start_process(*arguments: str, **environment: str) -> subprocess.Popen:
    """Start Python with these arguments, in a process group of its own."""
    return subprocess.Popen(
        [sys.executable, *arguments],
        env=os.environ | environment,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )


def stop_process(process: subprocess.Popen) -> None:
    """Ask the process to end, and end its whole group if it does not."""
    process.terminate()
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def processes_below(pid: int) -> list[int]:
    """Return the process and all that it started."""
    tasks = Path(f"/proc/{pid}/task").glob("*/children")
    children = [int(child) for task in tasks for child in task.read_text().split()]
    return [pid, *(each for child in children for each in processes_below(child))]


def resident_megabytes(pid: int) -> float:
    """Return the memory of the process that is in RAM, shared pages included."""
    return _read_kilobytes(f"/proc/{pid}/status", "VmRSS:") / KILOBYTE


def proportional_megabytes(pids: list[int]) -> float:
    """Return the memory of the processes, each shared page counted once (PSS)."""
    sizes = [_read_kilobytes(f"/proc/{pid}/smaps_rollup", "Pss:") for pid in pids]
    return sum(sizes) / KILOBYTE


def _read_kilobytes(file, field):
    lines = Path(file).read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(field))

"""A Redis of the machine's own program for tests, or a loud word that there is none."""

import os
import shutil
import socket
import subprocess

import pytest
from redis import Redis

from tests.waiting import wait_until


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def _answers(port):
    with socket.socket() as one:
        return one.connect_ex(("127.0.0.1", port)) == 0


class RedisServer:
    """Starts and stops a Redis that keeps nothing on disk."""

    def __init__(self, folder):
        self.folder, self.port = folder, free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self.process = None

    def start(self):
        self.process = subprocess.Popen(
            [
                shutil.which("redis-server"),
                *("--port", str(self.port), "--bind", "127.0.0.1"),
                *("--save", "", "--appendonly", "no", "--dir", str(self.folder)),
            ],
            stdout=subprocess.DEVNULL,
        )
        wait_until(lambda: _answers(self.port))

    def holds(self, part):
        """Return whether a key has this part."""
        with Redis.from_url(self.url) as client:
            return any(part.encode() in key for key in client.scan_iter())

    def stop(self):
        if self.process:
            self.process.terminate()
            self.process.wait(10)
            self.process = None


def require(program):
    """Skip where the program is missing; fail where nothing may be skipped."""
    if shutil.which(program):
        return
    words = f"No {program} here (apt install {program}): this is NOT tested."
    give_up = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
    give_up(words)

"""The site as an operator has it: `script/server` in a copy of the project.

Nothing of this machine's settings reaches it; what it is told comes from the test.
"""

import contextlib
import hashlib
import os
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urljoin

import requests
from django.conf import settings
from requests.adapters import HTTPAdapter

from tests.redis_server import free_port
from tests.waiting import PATIENCE

ROOT = Path(__file__).parents[1]
NOT_COPIED = (".git", ".venv*", "var", "node_modules", ".*_cache")
HIDDEN = r'type="hidden" name="([^"]+)" value="([^"]*)"'


def copy_of_project(folder):
    """Return a copy without `var/`, which uses the packages that the tests use."""
    shutil.copytree(ROOT, folder, ignore=shutil.ignore_patterns(*NOT_COPIED))
    binary = folder / ".venv" / "bin"
    binary.mkdir(parents=True)
    (binary / "python").write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
    (binary / "python").chmod(0o755)
    for name in ("requirements.txt", "requirements-s3.txt"):
        digest = hashlib.sha256((folder / name).read_bytes()).hexdigest()
        (folder / ".venv" / f"installed-{name}").write_text(f"{digest}  - \n")
    return folder


def migrated(folder):
    """Give the project the database that the tests were migrated to, if it is SQLite."""
    if "sqlite3" not in settings.DATABASES["default"]["ENGINE"]:
        return
    (folder / "var").mkdir(mode=0o700)
    copy_database(
        settings.VAR_DIR / "test-template.sqlite3", folder / "var/anteroom.sqlite3"
    )


def copy_database(source, target):
    with (
        contextlib.closing(sqlite3.connect(source)) as given,
        contextlib.closing(sqlite3.connect(target)) as copy,
    ):
        given.backup(copy)


class ServedSite:
    """Starts and stops one server in `project` with these settings."""

    # What its commands run in, such as the network of another machine.
    inside = ()

    def __init__(self, project, **told):
        self.project = project
        self.told = {"PORT": str(free_port()), "JOB_WORKERS": "0"} | told
        self.host = self.told.get("HOST", "127.0.0.1")
        self.url = f"http://{self.host}:{self.told['PORT']}"
        self.log = project / f"log-{self.told['PORT']}"
        self.log.touch()
        self.process = None

    @property
    def environment(self):
        kept = {name: os.environ[name] for name in ("PATH", "HOME")}
        return kept | {"LANG": "C.UTF-8"} | self.told

    def start(self, **told):
        """Return once it answers; a server of before may still hold the port."""
        self.told |= told
        before = self.said.count("Serving on")
        with self.log.open("a") as log:
            self.process = subprocess.Popen(
                [*self.inside, str(self.project / "script" / "server")],
                cwd=self.project,
                env=self.environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self._wait_while_it_works(
            lambda: self.said.count("Serving on") > before and self.answers()
        )
        return self

    def _wait_while_it_works(self, is_ready):
        """Return once it is ready; fail if it ended, or did nothing for long.

        On a busy machine a start may take any time.
        """
        did, until = None, 0
        while not is_ready():
            assert self.process.poll() is None, self.said
            if did != (done := self.work_done()):
                did, until = done, time.monotonic() + PATIENCE
            assert time.monotonic() < until, self.said
            time.sleep(0.2)

    def work_done(self):
        """Return how much time processors gave each process of this project."""
        return [(pid, _processor_time(pid)) for pid in self.running("")]

    def stop(self, how=signal.SIGTERM):
        if self.process:
            self.process.send_signal(how)
            self.process.wait(40)
            self.process = None

    def answers(self):
        with socket.socket() as one:
            return one.connect_ex((self.host, int(self.told["PORT"]))) == 0

    def processes(self):
        """Return how many processes serve; the worker beside them is none."""
        children = f"/proc/{self.process.pid}/task/{self.process.pid}/children"
        pids = Path(children).read_text().split()
        called = [Path(f"/proc/{pid}/cmdline").read_bytes() for pid in pids]
        return sum(b"gunicorn" in command for command in called)

    def sizes_of(self, module):
        """Return how many kilobytes each process of this project holds that runs it."""
        return [
            int(size)
            for pid in self.running(module)
            for size in re.findall(r"^VmHWM:\s+(\d+) kB", _status(pid), re.M)
        ]

    def running(self, module):
        """Return the processes of this project that run it."""
        found = []
        for process in Path("/proc").glob("[0-9]*"):
            # Others come and go meanwhile.
            with contextlib.suppress(OSError):
                is_ours = (process / "cwd").readlink() == self.project
                if is_ours and module.encode() in (process / "cmdline").read_bytes():
                    found.append(int(process.name))
        return found

    @property
    def said(self):
        return self.log.read_text()

    def manage(self, *arguments):
        """Return what `manage.py` prints with the settings of this site."""
        return self.run(".venv/bin/python", "manage.py", *arguments)

    def run(self, *command):
        done = subprocess.run(
            [*self.inside, *command],
            cwd=self.project,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def visitor(self, **named):
        return Visitor(self.url, **named)


def _processor_time(pid):
    """Return ticks of the clock; nothing where the process is gone."""
    try:
        numbers = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0
    return int(numbers[11]) + int(numbers[12])


def _status(pid):
    """Return what the system says about a process; nothing where it is gone."""
    try:
        return Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return ""


class Visitor(requests.Session):
    """Somebody with a browser of their own, who sends forms as the page holds them."""

    def __init__(self, url, *, comes_from="", trusts=True, patience=60):
        super().__init__()
        self._patience = patience
        self.url, self.verify, self.trust_env = url, trusts, False
        if comes_from:
            self.mount("https://", _From(comes_from))

    def request(self, method, url, **named):
        named.setdefault("timeout", self._patience)
        return super().request(method, urljoin(self.url, url), **named)

    def fill_in(self, page, *, files=None, **form):
        """Open the page if it is an address, fill in its form, and send it."""
        page = self.get(page) if isinstance(page, str) else page
        origin = {"Origin": self.url, "Referer": page.url}
        form = dict(re.findall(HIDDEN, page.text)) | form
        return self.post(page.url, data=form, files=files, headers=origin)

    def sign_in(self, administrator):
        login, password = administrator
        return self.fill_in("/account/login/", login=login, password=password)

    def answer_first_question(self, lesson):
        """Choose the first option and return the page with the reasons."""
        page = self.get(f"{lesson}quiz/")
        name = re.search(r'type="radio" name="([^"]+)"[^>]* value="([^"]+)"', page.text)
        return self.fill_in(page, **{name[1]: name[2]})


class _From(HTTPAdapter):
    """Connects from another of this machine's own addresses."""

    def __init__(self, address):
        self._address = (address, 0)
        super().__init__()

    def init_poolmanager(self, *args, **named):
        super().init_poolmanager(*args, source_address=self._address, **named)

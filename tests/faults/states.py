"""What surrounds the site goes and comes back: database, cache, disk."""

import subprocess
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

from tests.database import template_at
from tests.door import Door
from tests.faults.classroom import (
    LESSON,
    LESSONS,
    Classroom,
    answer_once,
    send_not_sure,
)
from tests.faults.kills import kept_by
from tests.redis_server import RedisServer, free_port

CLEAR = "Wait a few minutes"
PATHS = ("/", "/progress/", "/account/login/", LESSON.format(LESSONS[1]))
CLEAR_STATUSES = {200, 302, 404, 503}
DISK = 160  # megabytes: the site with its course, and some room
COMES_BACK = 60  # seconds
# Nobody's browser waits for much longer.
SOON = 25  # seconds
FORGET_WORKER = (
    "from jobs.models import WorkerHeartbeat; WorkerHeartbeat.objects.all().delete()"
)
SEES_WORKER = (
    "from jobs.models import WorkerHeartbeat; print(WorkerHeartbeat.objects.exists())"
)
# A day fast, half an hour slow as after a correction, and right.
JUMPS = (86_400, -1_800, 0)


class Trial:
    """One fault: answers before, during and after it, and what the pages say."""

    def __init__(self, site, patience=60):
        self.site, self._patience = site, patience
        self.acknowledged = [answer_once(site)]
        self.visitor = self._somebody()
        self.asked = self.visitor.get(LESSON.format(LESSONS[0]))
        self.statuses, self.unclear = {}, []

    def _somebody(self):
        return self.site.visitor(patience=self._patience)

    def look(self, *, may_answer):
        """Look at pages and send an answer while the fault is there."""
        for path in PATHS:
            self._note(path, self._somebody().get(path))
        answer = send_not_sure(self.visitor, self.asked)
        if isinstance(answer, str):
            self.acknowledged.append(answer)
            if not may_answer:
                self.unclear.append("an answer was acknowledged")
        else:
            self._note("answer", answer)

    def expect(self, part, state):
        """Wait until the site says so of a part of it."""
        self.wait_until(f"{part} {state}", lambda: self._state_of(part) == state)

    def _state_of(self, part):
        return self._somebody().get(f"/readyz/{part}").text

    def wait_until(self, what, condition):
        until = time.monotonic() + COMES_BACK
        while not condition():
            if time.monotonic() > until:
                self.unclear.append(f"never: {what}")
                return
            time.sleep(1)

    def ask_next(self):
        """Go on to the question that the quiz asks now; other processes may lag."""
        self.wait_until("a question is asked", self._is_asked)

    def _is_asked(self):
        self.asked = self.visitor.get(LESSON.format(LESSONS[0]))
        return self.asked.ok

    def _note(self, path, answer):
        status = answer.status_code
        self.statuses.setdefault(path, []).append(status)
        is_page = status != 503 or CLEAR in answer.text or "count them" in answer.text
        if status not in CLEAR_STATUSES or not is_page or "Traceback" in answer.text:
            self.unclear.append(f"{path}: {status}")

    def result(self):
        """Answer again until it works, and compare."""
        self.wait_until("an answer is saved afterwards", self._answer_again)
        kept = kept_by(self.site)
        lost = set(self.acknowledged) - set(kept["answers"])
        return {
            "acknowledged": len(self.acknowledged),
            "lost": len(lost),
            "statuses": self.statuses,
            "unclear": self.unclear,
            "half_written": kept["half_written"],
            "ok": not (lost or self.unclear or kept["half_written"]),
        }

    def _answer_again(self):
        self._is_asked()
        answer = send_not_sure(self.visitor, self.asked)
        if is_saved := isinstance(answer, str):
            self.acknowledged.append(answer)
        return is_saved


@contextmanager
def own_database(address):
    """Give the server, a migrated database's name, and its URL at a port."""
    parts = urlsplit(address)
    template = template_at(parts._replace(path="/anteroom").geturl())
    name = f"anteroom_faults_{free_port()}"
    user = parts.netloc.rpartition("@")[0]

    def url(port):
        return f"postgres://{user}@127.0.0.1:{port}/{name}"

    with psycopg.connect(address, dbname="postgres", autocommit=True) as server:
        names = sql.Identifier(name), sql.Identifier(template)
        server.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(*names))
        try:
            yield server, name, url
        finally:
            gone = sql.SQL("DROP DATABASE {} WITH (FORCE)")
            server.execute(gone.format(sql.Identifier(name)))


def lose_database(make_site, address):
    """Shut the way to PostgreSQL and open it again."""
    parts = urlsplit(address)
    door = Door(parts.hostname, parts.port or 5432)
    door.open()
    with (
        own_database(address) as (_server, _name, url),
        served(make_site(DATABASE_URL=url(door.port))) as site,
    ):
        trial = Trial(site)
        door.shut()
        trial.look(may_answer=False)
        door.open()
        return trial.result()


def pull_cable(make_site, address, folder):
    """Pull the cable to PostgreSQL, plug it in, and do the same with Redis.

    No connection ends. A class goes on answering, and a worker works.
    """
    parts, redis = urlsplit(address), RedisServer(folder)
    redis.start()
    doors = Door(parts.hostname, parts.port or 5432), Door("127.0.0.1", redis.port)
    for door in doors:
        door.open()
    told = {"CACHE_URL": f"redis://127.0.0.1:{doors[1].port}/0", "JOB_WORKERS": "1"}
    try:
        with (
            own_database(address) as (_server, _name, url),
            served(make_site(DATABASE_URL=url(doors[0].port), **told)) as site,
        ):
            return pull_cables(site, *doors)
    finally:
        redis.stop()


def pull_cables(site, to_postgresql, to_redis):
    """Look at the site while each of the two is out of reach, and compare."""
    trial = Trial(site, patience=SOON)
    with Classroom(site, 3) as classroom:
        for door, part in ((to_postgresql, "database"), (to_redis, "cache")):
            door.pull()
            trial.expect(part, "down")
            trial.look(may_answer=door is to_redis)
            door.plug()
            trial.expect(part, "works")
            trial.ask_next()
    wait_for_worker(trial)
    trial.acknowledged += classroom.acknowledged
    trial.unclear += classroom.faults
    return trial.result() | {"of_the_class": classroom.statuses}


def wait_for_worker(trial):
    """Wait until a worker has taken tasks since now."""
    trial.site.manage("shell", "-v", "0", "-c", FORGET_WORKER)
    trial.wait_until("a worker takes tasks", lambda: worker_is_seen(trial.site))


def worker_is_seen(site):
    return "True" in site.manage("shell", "-v", "0", "-c", SEES_WORKER)


def lose_redis(make_site, folder):
    """Stop Redis and start it again."""
    redis = RedisServer(folder)
    redis.start()
    try:
        with served(make_site(CACHE_URL=redis.url)) as site:
            trial = Trial(site)
            redis.stop()
            trial.look(may_answer=True)
            redis.start()
            return trial.result()
    finally:
        redis.stop()


def fill_disk(make_site, folder):
    """Fill the disk that the database is on, and make room again."""
    with small_disk(folder) as disk, served(on_disk(make_site, disk)) as site:
        trial = Trial(site)
        filler = disk / "filler"
        with suppress(OSError), filler.open("wb", buffering=0) as file:
            while True:
                file.write(b"x" * 65_536)
        trial.look(may_answer=True)
        filler.unlink()
        return trial.result()


def forbid_writing(make_site, address):
    """Make a database of PostgreSQL read-only, and writable again."""
    with (
        own_database(address) as (server, name, url),
        served(make_site(DATABASE_URL=url(urlsplit(address).port or 5432))) as site,
    ):
        trial = Trial(site)
        set_read_only(server, name, "on")
        trial.look(may_answer=False)
        set_read_only(server, name, "off")
        return trial.result()


def set_read_only(server, name, how):
    change = sql.SQL("ALTER DATABASE {} SET default_transaction_read_only = {}")
    server.execute(change.format(sql.Identifier(name), sql.Literal(how)))
    # It holds for new connections.
    server.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s",
        [name],
    )


def jump_clock(make_site):
    """Let the server's clock be fast, then slow, then right again."""
    site = make_site()
    clock = site.project / "tests" / "faults" / "clock"
    with served(site) as site:
        trial = Trial(site)
        for seconds in JUMPS:
            site.stop()
            site.start(PYTHONPATH=str(clock), CLOCK_IS_FAST_BY=str(seconds))
            trial.look(may_answer=True)
            trial.ask_next()
        return trial.result()


def on_disk(make_site, disk):
    return make_site(
        DATABASE_URL=f"sqlite:///{disk}/anteroom.sqlite3",
        CACHE_URL=f"filecache://{disk}/cache",
    )


@contextmanager
def served(site):
    try:
        yield site.start()
    finally:
        site.stop()


@contextmanager
def small_disk(folder):
    """Give a small disk in memory. Only root may make one."""
    disk = Path(folder)
    run("mount", "-t", "tmpfs", "-o", f"size={DISK}m", "anteroom-faults", disk)
    try:
        yield disk
    finally:
        run("umount", "-l", disk)


def run(*command):
    subprocess.run([str(word) for word in command], check=True, capture_output=True)

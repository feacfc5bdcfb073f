"""`kill -9` of web and worker processes while a class answers and mail goes out."""

# ruff: noqa: S311 -- chance, not secrets

import json
import os
import random
import signal
import subprocess
import time
from collections import Counter
from contextlib import contextmanager, suppress

from tests.faults.classroom import Classroom
from tests.faults.mail_server import mail_server

LEARNERS = 6
SOON = 60  # seconds
REST = (0.1, 0.8)  # seconds between kills
WHOLE_SERVER = 25  # one kill in so many is of the server with all its processes
FEED = (
    "from tests.faults.inside import invite; invite(rounds=100000, people=40, rest=0.3)"
)
SEND = "import time\nfrom django.core.management import call_command\nwhile True: call_command('send_due_reminders'); time.sleep(0.2)"
KEPT = "from tests.faults.inside import write_kept; write_kept()"


def kill_processes(make_site, kills):
    """Kill so many processes of a site and return what was acknowledged and kept."""
    with mail_server() as (address, mail):
        site = make_site(EMAIL_URL=address, JOB_WORKERS="2").start()
        try:
            with Classroom(site, LEARNERS) as classroom, beside(site, FEED):
                wait_until(lambda: classroom.acknowledged)
                killed = kill_at_random(site, kills, mail)
            site.manage("send_due_reminders")
            time.sleep(2)  # what a worker is sending is not cut off
            kept = kept_by(site)
        finally:
            site.stop()
        return compare(killed, classroom, mail, kept)


def kept_by(site):
    return json.loads(site.manage("shell", "-v", "0", "-c", KEPT))


@contextmanager
def beside(site, code):
    """Run the code in a shell of the site meanwhile."""
    process = start_shell(site, code)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def start_shell(site, code):
    return subprocess.Popen(
        [".venv/bin/python", "manage.py", "shell", "-v", "0", "-c", code],
        cwd=site.project,
        env=site.environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def wait_until(condition):
    """Wait until something goes on that a kill can meet, but not for ever."""
    until = time.monotonic() + SOON
    while not condition() and time.monotonic() < until:
        time.sleep(0.05)


def wait_for_mail(mail):
    """Wait until one more mail was accepted: whoever sends is at it."""
    before = mail.accepted.total()
    wait_until(lambda: mail.accepted.total() > before)


def kill_at_random(site, kills, mail):
    """Kill processes at random moments; return how many of which kind."""
    killed = {"web": 0, "worker": 0, "mail": 0, "server": 0}
    sender = start_shell(site, SEND)
    wait_for_mail(mail)
    while sum(killed.values()) < kills:
        time.sleep(random.uniform(*REST))
        kind = "server"
        if random.randrange(WHOLE_SERVER):
            kind = random.choice(["web", "worker", "mail"])
        if kind == "server":
            kill_all(site)
            site.start()
        elif kind == "mail":
            wait_for_mail(mail)
            sender.kill()
            sender.wait()
            sender = start_shell(site, SEND)
        elif not kill_one(processes_of(site, kind)):
            continue
        killed[kind] += 1
    sender.kill()
    sender.wait()
    return killed


def kill_all(site):
    """Kill every process of the site, as when its machine goes down."""
    for pid in (*site.running("run_worker"), *site.running("gunicorn")):
        kill_one([pid])
    site.stop(signal.SIGKILL)


def processes_of(site, kind):
    if kind == "worker":
        return site.running("run_worker")
    return [pid for pid in site.running("gunicorn") if pid != site.process.pid]


def kill_one(pids):
    """Kill one of the processes; return whether there was one."""
    with suppress(ProcessLookupError, IndexError):
        os.kill(random.choice(pids), signal.SIGKILL)
        return True
    return False


def compare(killed, classroom, mail, kept):
    """Return the counts, and whether nothing was lost, doubled or half-written.

    Nothing is lost either where nothing was sent: that is a fault of the trial.
    """
    lost = classroom.acknowledged - set(kept["answers"])
    states = kept["messages"]
    sent = {name for name, state in states.items() if state == "sent"}
    did = {"class": classroom.acknowledged, "mail": mail.accepted}
    counts = {
        "kills": killed,
        "answers_sent": classroom.sent,
        "answers_acknowledged": len(classroom.acknowledged),
        "answers_lost": len(lost),
        "answers_twice": len(kept["answers"]) - len(set(kept["answers"])),
        "connections_cut": classroom.cut_off,
        "statuses": classroom.statuses,
        "mail_queued": len(states),
        "mail_accepted": mail.accepted.total(),
        "mail_twice": len(mail.twice),
        "mail_never_sent_though_it_says_so": len(sent - set(mail.accepted)),
        "mail_states": dict(Counter(states.values())),
        "half_written": kept["half_written"],
        "stack_traces": classroom.faults,
        "did_nothing": [name for name, done in did.items() if not done],
    }
    bad = ("answers_lost", "answers_twice", "mail_twice", "half_written")
    also = ("mail_never_sent_though_it_says_so", "stack_traces", "did_nothing")
    return counts | {"ok": not any(counts[name] for name in bad + also)}

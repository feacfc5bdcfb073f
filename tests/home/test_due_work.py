"""What must run beside the server runs at its time, once, and without holding up others."""

import datetime as dt
import fcntl
import json
import time
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.cache import caches
from django.core.management import CommandError, call_command, get_commands
from hypothesis import given
from hypothesis import strategies as st

from config.stores import cache_store
from home.management.commands import run_due_work
from home.rules.due_work import JOBS, Job
from tests.factories import a_course, lessons_of

BERLIN = ZoneInfo("Europe/Berlin")
NIGHTLY = Job("nightly", at=dt.time(3, 15))
SUNDAYS = Job("weekly", at=dt.time(3, 45), weekday=6)


def moment(day, hour, minute=0):
    """Return the moment in November 2026; the 29th is a Sunday."""
    return dt.datetime(2026, 11, day, hour, minute, tzinfo=BERLIN)


@pytest.mark.parametrize(
    ("job", "last", "now", "due"),
    [
        (Job("each round"), moment(28, 12), moment(28, 12), True),
        (
            Job("hourly", every=dt.timedelta(hours=1)),
            moment(28, 12),
            moment(28, 12, 59),
            False,
        ),
        (
            Job("hourly", every=dt.timedelta(hours=1)),
            moment(28, 12),
            moment(28, 13),
            True,
        ),
        (NIGHTLY, None, moment(28, 12), True),
        (NIGHTLY, moment(28, 3, 20), moment(28, 23), False),
        (NIGHTLY, moment(28, 3, 20), moment(29, 3, 14), False),
        (NIGHTLY, moment(28, 3, 20), moment(29, 3, 15), True),
        (NIGHTLY, moment(20, 3, 20), moment(28, 1), True),
        (SUNDAYS, moment(22, 3, 50), moment(28, 12), False),
        (SUNDAYS, moment(22, 3, 50), moment(29, 3, 44), False),
        (SUNDAYS, moment(22, 3, 50), moment(29, 3, 45), True),
        (SUNDAYS, moment(22, 3, 50), moment(30, 12), True),
        # A clock that was set back stops nothing for ever.
        (NIGHTLY, moment(30, 12), moment(28, 12), True),
    ],
)
def test_a_job_is_due_once_its_time_has_come(job, last, now, due):
    assert job.is_due(now, last) is due


@given(
    st.integers(0, 60 * 24 * 700),
    st.integers(0, 60 * 24 * 8),
    st.sampled_from(JOBS),
)
def test_no_job_rests_longer_than_its_period(start, minutes, job):
    now = moment(1, 0) + dt.timedelta(minutes=start)
    last = now - dt.timedelta(minutes=minutes)
    if minutes >= 60 * 24 * 7 + 60:
        assert job.is_due(now, last)


def test_each_job_is_a_command_that_there_is():
    assert {job.command for job in JOBS} <= set(get_commands())


@pytest.fixture
def ran(settings, tmp_path, monkeypatch):
    """What was run, without running it; whatever `failing` names fails."""
    settings.VAR_DIR = tmp_path
    names = Ran()
    monkeypatch.setattr(run_due_work, "call_command", names.run)
    return names


class Ran(list):
    failing = ""

    def run(self, name, **options):
        self.append(name)
        if name == self.failing:
            raise RuntimeError("Failed on purpose.")


def run():
    call_command("run_due_work")


def test_the_first_round_runs_all_and_the_next_what_is_due(ran):
    with time_machine.travel(moment(28, 12)) as clock:
        run()
        assert ran == [job.command for job in JOBS]
        ran.clear()
        clock.shift(300)
        run()
        assert ran == ["publish_scheduled", "send_due_reminders"]
        ran.clear()
        clock.move_to(moment(29, 5))
        run()
        assert ran == [job.command for job in JOBS]


def test_one_that_fails_holds_up_no_other_and_is_tried_again(ran):
    ran.failing = "purge_learners"
    with time_machine.travel(moment(28, 12)):
        with pytest.raises(CommandError, match="purge_learners"):
            run()
        assert ran[-1] == "apply_retention"
        ran.clear()
        ran.failing = ""
        run()
        assert "purge_learners" in ran
        assert "check_reviews" not in ran


def test_two_workers_do_not_run_the_same(ran, tmp_path):
    with (tmp_path / "work.json").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        run()
    assert ran == []


def test_a_memory_cut_off_by_a_crash_is_begun_anew(ran, tmp_path):
    (tmp_path / "work.json").write_text('{"clearsess')
    run()
    assert "clearsessions" in json.loads((tmp_path / "work.json").read_text())


def test_what_an_author_scheduled_is_published_by_the_worker(db, settings, tmp_path):
    settings.VAR_DIR = tmp_path
    lesson = lessons_of(a_course())[0]
    lesson.save_revision().publish()
    lesson.refresh_from_db()
    with time_machine.travel(moment(28, 12)) as clock:
        lesson.title = "The new title"
        lesson.go_live_at = moment(28, 13)
        lesson.save_revision().publish()
        run()
        lesson.refresh_from_db()
        assert lesson.title != "The new title"
        clock.move_to(moment(28, 13, 1))
        run()
    lesson.refresh_from_db()
    assert lesson.title == "The new title"


def test_expired_entries_leave_the_disk_and_others_stay(settings, tmp_path):
    settings.CACHES = {
        "default": settings.CACHES["default"],
        "store": cache_store(f"filecache://{tmp_path / 'cache'}"),
    }
    caches["store"].set("roster:1", "Anna Berg", 0.1)
    caches["store"].set("kept", "five", 60)
    (tmp_path / "cache" / "broken.djcache").write_bytes(b"rubbish")
    time.sleep(0.2)
    call_command("prune_cache")
    assert len(list((tmp_path / "cache").iterdir())) == 1
    assert caches["store"].get("kept") == "five"

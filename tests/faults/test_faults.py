"""`script/faults` loses nothing, and notices when something is lost."""

import json
import os
import shutil
import subprocess
import sys
from collections import Counter
from types import SimpleNamespace

import pytest

from tests.faults.kills import compare
from tests.redis_server import require
from tests.served import ROOT

POSTGRESQL = os.environ.get("DATABASE_URL", "")
ON_POSTGRESQL = "postgres" in POSTGRESQL
# Each is caused on one database: the first four on sites with SQLite, whatever runs this.
NEEDS = {
    "kills": not ON_POSTGRESQL,
    "clock": not ON_POSTGRESQL,
    "redis": not ON_POSTGRESQL,
    "disk": not ON_POSTGRESQL and os.geteuid() == 0 and shutil.which("mount"),
    "cable": ON_POSTGRESQL,
    "database": ON_POSTGRESQL,
    "read-only": ON_POSTGRESQL,
}


@pytest.mark.sweep
@pytest.mark.parametrize("fault", NEEDS)
def test_nothing_is_lost_and_every_page_is_clear(fault):
    if not NEEDS[fault]:
        pytest.skip(f"{fault} is NOT tested here: it needs root or the other database.")
    require("redis-server")
    done = subprocess.run(
        [str(ROOT / "script" / "faults"), fault, "--kills", "8"],
        env=os.environ | {"PYTHON": sys.executable, "POSTGRESQL_URL": POSTGRESQL},
        capture_output=True,
        text=True,
        check=False,
        timeout=840,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    [result] = map(json.loads, done.stdout.splitlines())
    assert result["fault"] == fault
    assert result["ok"]


def compared(*, acknowledged=(), accepted=(), kept=(), messages=(), half=(), faults=()):
    accepted = Counter(accepted)
    twice = [name for name, count in accepted.items() if count > 1]
    return compare(
        {"web": 1},
        SimpleNamespace(
            acknowledged=set(acknowledged),
            sent=3,
            cut_off=1,
            statuses={},
            faults=list(faults),
        ),
        SimpleNamespace(accepted=accepted, twice=twice),
        {
            "answers": list(kept),
            "messages": dict(messages),
            "half_written": list(half),
        },
    )


def test_what_is_kept_and_was_not_acknowledged_is_no_fault():
    result = compared(
        acknowledged="ab",
        kept="abc",
        accepted="mn",
        messages={"m": "sent", "n": "sending", "o": "queued"},
    )
    assert result["ok"]
    assert result["answers_acknowledged"] == 2
    assert result["mail_states"] == {"sent": 1, "sending": 1, "queued": 1}


@pytest.mark.parametrize(
    ("found", "name"),
    [
        ({"acknowledged": "ab", "kept": "a"}, "answers_lost"),
        ({"acknowledged": "a", "kept": "aa"}, "answers_twice"),
        ({"accepted": "mm", "messages": {"m": "sent"}}, "mail_twice"),
        ({"messages": {"m": "sent"}}, "mail_never_sent_though_it_says_so"),
        ({"half": ["attempt 1"]}, "half_written"),
        ({"faults": ["a stack trace"]}, "stack_traces"),
        ({"accepted": "m", "messages": {"m": "sent"}}, "did_nothing"),
        ({"acknowledged": "a", "kept": "a"}, "did_nothing"),
    ],
)
def test_what_is_lost_doubled_or_half_written_is_a_fault(found, name):
    result = compared(**found)
    assert not result["ok"]
    assert result[name]

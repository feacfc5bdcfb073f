"""The worker beside the server ends with it, in every way, and is started again."""

import os
import signal

import pytest

from tests.script.rows import Rows
from tests.waiting import wait_until

pytestmark = pytest.mark.sweep
ROWS = Rows()
ROWS.sets(JOB_WORKERS="2")(None)
# The one that starts them, the engine's watch, its two others, and the two that work.
PROCESSES = 6


@pytest.fixture
def site(served):
    site = served(ROWS)
    wait_until(lambda: len(site.running("run_worker")) == PROCESSES)
    return site


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_no_worker_is_left_when_the_server_ends(site, how):
    site.stop(how)
    wait_until(lambda: site.running("run_worker") == [])
    wait_until(lambda: not site.answers())


def test_a_worker_that_was_killed_is_started_again(site):
    before = site.running("run_worker")
    os.kill(min(before), signal.SIGKILL)
    wait_until(lambda: not set(before) & set(site.running("run_worker")))
    wait_until(lambda: len(site.running("run_worker")) == PROCESSES)
    assert site.visitor().get("/readyz").text == "ok"

"""The worker beside the server ends with it, in every way, and is started again."""

import os
import signal
import time

import pytest

from tests.script.rows import Rows

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


def wait_until(condition, within=120):
    until = time.monotonic() + within
    while not condition():
        assert time.monotonic() < until, "It did not come to that."
        time.sleep(0.2)


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_no_worker_is_left_when_the_server_ends(site, how):
    began = time.monotonic()
    site.stop(how)
    wait_until(lambda: site.running("run_worker") == [], within=15)
    assert time.monotonic() - began < 15
    wait_until(lambda: not site.answers(), within=15)


def test_a_worker_that_was_killed_is_started_again(site):
    before = site.running("run_worker")
    os.kill(min(before), signal.SIGKILL)
    wait_until(lambda: not set(before) & set(site.running("run_worker")))
    wait_until(lambda: len(site.running("run_worker")) == PROCESSES)
    assert site.visitor().get("/healthz").text == "ok"

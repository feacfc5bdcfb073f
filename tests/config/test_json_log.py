"""Each line is JSON, and names neither people nor what they read or typed."""

import io
import json
import logging
import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.test import Client
from django.urls import path

from config.json_log import JsonLines
from config.quiet_log import may_be_logged
from config.urls import handler400, handler403, handler404, handler500
from config.urls import urlpatterns as site_urls

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]


def break_down(request, name):
    raise ValueError(f"No such person: {name}, anna@example.org")


urlpatterns = [path("people/<str:name>/", break_down, name="people"), *site_urls]


@pytest.fixture
def lines():
    """Log as `LOG_FORMAT=json` has it, and return what was logged."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonLines())
    handler.addFilter(may_be_logged)
    logging.getLogger().addHandler(handler)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    logging.getLogger().removeHandler(handler)


@pytest.mark.urls(__name__)
def test_an_error_is_one_line_without_who_or_what(db, lines):
    client = Client(raise_request_exception=False)
    assert client.get("/people/bertha/?q=illness").status_code == 500
    [line] = lines()
    text = json.dumps(line)
    for personal in ("bertha", "anna", "illness", "No such person"):
        assert personal not in text
    assert line["error"] == "ValueError"
    assert line["view"] == "people"
    assert (line["status"], line["level"]) == (500, "error")
    assert any("break_down" in place for place in line["where"])


def test_addresses_in_messages_are_masked(lines):
    logging.getLogger("mail").error("Refused: <anna@example.org>, ben@example.org.")
    [line] = lines()
    assert line["message"] == "Refused: <(address)>, (address)"


def test_line_breaks_do_not_begin_another_line(lines):
    logging.getLogger("jobs").error("one\ntwo")
    [line] = lines()
    assert line["message"] == "one\ntwo"
    assert line["time"].endswith("+00:00")


# Gunicorn reads its settings, and says what it says where it fails.
GUNICORN = """
from gunicorn.app.wsgiapp import WSGIApplication
log = (app := WSGIApplication()).cfg.logger_class(app.cfg)
log.error("Worker (pid:%s) was sent %s!", 7, "SIGKILL")
try:
    raise ValueError("anna@example.org")
except ValueError:
    log.exception("Error handling request %s", "/lesson/?q=illness")
log.info("Below what is logged")
"""


def test_what_the_server_itself_reports_is_json_too():
    done = subprocess.run(
        [sys.executable, "-c", GUNICORN, "-c", "config/gunicorn.py", "config.wsgi"],
        cwd=settings.BASE_DIR,
        env=os.environ | {"LOG_FORMAT": "json"},
        capture_output=True,
        text=True,
        check=True,
    )
    killed, failed = map(json.loads, done.stderr.splitlines())
    assert killed["message"] == "Worker (pid:7) was sent SIGKILL!"
    assert killed["logger"] == "gunicorn.error"
    assert failed["message"] == "Error handling request (page)"
    assert failed["error"] == "ValueError"
    assert "anna" not in done.stderr + done.stdout

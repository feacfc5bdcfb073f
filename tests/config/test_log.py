"""What people ask for is not in the log, as the README promises; what breaks is."""

import logging
import logging.config
import os
import subprocess
import sys

import pytest
from django.conf import settings as site
from django.http import HttpResponse
from django.test import Client
from django.utils.log import log_response

HEALTH = "/stem-cells-and-my-illness/"


@pytest.fixture
def logged(capsys):
    """Log as a served site does, and say what came of it."""
    logging.config.dictConfig(site.LOGGING)
    return lambda: capsys.readouterr().err


def test_an_address_that_is_not_there_is_not_logged(db, logged):
    assert Client().get(HEALTH).status_code == 404
    assert logged() == ""


def test_a_form_refused_for_its_cookie_is_not_logged(db, logged):
    browser = Client(enforce_csrf_checks=True)
    assert "/not-saved/" in browser.post("/progress/delete/").url
    assert logged() == ""


@pytest.mark.parametrize("status", [400, 403, 404, 405, 409, 413, 429])
def test_no_answer_to_a_visitor_is_logged(rf, logged, status):
    response = HttpResponse(status=status)
    log_response("No: %s", HEALTH, request=rf.get(HEALTH), response=response)
    assert logged() == ""


COMES_BY_ANOTHER_NAME = f"""
import django; django.setup()
from django.test import Client
print(Client(headers={{"host": "elsewhere.example"}}).get("{HEALTH}").status_code)
"""


@pytest.mark.sweep
def test_a_host_that_is_not_ours_is_one_line_without_the_address():
    """In a process of its own: the test runner has loggers that show it, too."""
    done = subprocess.run(
        [sys.executable, "-c", COMES_BY_ANOTHER_NAME],
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "config.settings.test"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "400\n"
    [line] = done.stderr.splitlines()
    assert "elsewhere.example" in line
    assert HEALTH not in line


def test_what_a_request_tried_in_vain_is_not_logged(logged):
    for refusal in ("SuspiciousFileOperation", "RequestDataTooBig"):
        logging.getLogger(f"django.security.{refusal}").error("No: %s", HEALTH)
    assert logged() == ""


def test_a_door_that_is_shut_without_a_cache_is_not_logged(rf, logged):
    response = HttpResponse(status=503)
    request = rf.get("/my-learning/join/SECRET/")
    log_response("No: %s", request.path, request=request, response=response)
    assert logged() == ""


def test_what_breaks_is_logged(rf, logged):
    response = HttpResponse(status=500)
    log_response("Broken: %s", HEALTH, request=rf.get(HEALTH), response=response)
    assert "Broken" in logged()

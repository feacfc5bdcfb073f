"""What people ask for is not in the log, as the README promises; what breaks is."""

import logging
import logging.config

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


def test_what_breaks_is_logged(rf, logged):
    response = HttpResponse(status=500)
    log_response("Broken: %s", HEALTH, request=rf.get(HEALTH), response=response)
    assert "Broken" in logged()

"""Copies of personal data beside the tables end by themselves, or with the person."""

import datetime as dt

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from accounts.actions.learners import erase_person
from tests.factories import UserFactory
from tests.signing_in import sign_in, with_password

pytestmark = pytest.mark.django_db

EMAIL = "anna@example.org"
NOW = dt.datetime(2026, 3, 4, 9, tzinfo=dt.UTC)
DOORS = ["/account/login/code/", "/account/password/reset/"]


@pytest.fixture
def anna():
    return with_password(UserFactory(email=EMAIL))


def sessions_naming(address):
    """Return the sessions that hold the address anywhere."""
    held = (session.get_decoded() for session in Session.objects.all())
    return [each for each in held if address in str(each)]


def erase(user):
    erase_person(learner=None, user=user, at=timezone.now())


@pytest.mark.parametrize("door", DOORS)
def test_a_code_that_waits_goes_with_the_person(anna, door):
    Client().post(door, {"email": EMAIL})
    assert sessions_naming(EMAIL)
    erase(anna)
    assert not sessions_naming(EMAIL)


def test_sessions_of_others_stay(anna):
    other, stranger = with_password(UserFactory()), Client()
    browser = Client()
    sign_in(browser, other)
    stranger.post(DOORS[0], {"email": "ben@example.org"})
    erase(anna)
    assert browser.get("/account/").status_code == 200
    assert sessions_naming("ben@example.org")


@pytest.mark.parametrize("door", DOORS)
def test_what_a_stranger_typed_is_gone_within_the_hour(anna, door):
    with time_machine.travel(NOW, tick=False) as clock:
        Client().post(door, {"email": EMAIL})
        clock.shift(dt.timedelta(minutes=59))
        call_command("clearsessions")
        assert sessions_naming(EMAIL)
        clock.shift(dt.timedelta(minutes=2))
        call_command("clearsessions")
        assert not Session.objects.exists()


def test_who_is_signed_in_stays_so(anna):
    browser = Client()
    with time_machine.travel(NOW, tick=False) as clock:
        sign_in(browser, anna)
        clock.shift(dt.timedelta(hours=8))
        call_command("clearsessions")
        assert browser.get("/account/").status_code == 200


def test_an_uploaded_roster_goes_with_a_person_in_it(anna):
    for key, address in (("1", "Anna@example.org"), ("2", "ben@example.org")):
        browser = Client()
        session = browser.session
        session["roster of 7"] = key
        session.save()
        cache.set(f"roster:{key}", {"rows": [{"email": address}]}, 3600)
    erase(anna)
    assert cache.get("roster:1") is None
    assert cache.get("roster:2")

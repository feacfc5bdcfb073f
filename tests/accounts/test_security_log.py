"""What happens to accounts is logged, by number and without anything else of them."""

import logging

import pytest
from django.conf import settings

from accounts.receivers import SECURITY_EVENTS
from tests.factories import UserFactory
from tests.signing_in import sign_in, with_password, with_second_factor


@pytest.fixture
def user(db):
    return with_password(UserFactory(email="ann@example.org", first_name="Ann"))


@pytest.fixture
def logged(caplog):
    caplog.set_level(logging.INFO, logger="accounts.security")
    return lambda: [record.getMessage() for record in caplog.records]


def test_signing_in_and_out_is_logged(client, user, logged):
    sign_in(client, user)
    client.post("/account/logout/")
    assert logged() == [
        f"Account {user.pk} signed in.",
        f"Account {user.pk} signed out.",
    ]


def test_a_wrong_password_is_logged_without_what_was_typed(client, user, logged):
    sign_in(client, user, password="a wrong horse")
    assert logged() == ["Account unknown failed to sign in."]


def test_a_wrong_second_step_is_logged(client, user, logged):
    with_second_factor(user)
    sign_in(client, user)
    client.post("/account/2fa/authenticate/", {"code": "000000"})
    assert f"Account {user.pk} failed at the second step." in logged()


def test_a_page_that_was_refused_is_logged_without_its_address(client, user, logged):
    sign_in(client, user)
    client.get("/admin/")
    assert logged()[1:] == [f"Account {user.pk} was refused a page."]


@pytest.mark.parametrize("signal", SECURITY_EVENTS, ids=SECURITY_EVENTS.values())
def test_each_event_is_logged_once(signal, logged):
    account = UserFactory.build(pk=7, email="ann@example.org")
    signal.send(sender=None, user=account, request=None, credentials={"password": "x"})
    assert logged() == [f"Account 7 {SECURITY_EVENTS[signal]}."]


def test_the_log_of_a_site_shows_them():
    assert settings.LOGGING["loggers"]["accounts.security"]["level"] == "INFO"

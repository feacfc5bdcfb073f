"""Where to report security problems, as RFC 9116 asks."""

import datetime as dt

import pytest
import time_machine

ADDRESS = "/.well-known/security.txt"


def test_nothing_is_said_without_the_setting(client, db):
    assert client.get(ADDRESS).status_code == 404


@pytest.mark.parametrize(
    ("setting", "contact"),
    [
        ("security@example.org", "mailto:security@example.org"),
        ("https://example.org/report", "https://example.org/report"),
    ],
)
def test_the_contact_is_named_and_valid_for_some_months(
    client, settings, setting, contact
):
    settings.SECURITY_CONTACT = setting
    with time_machine.travel(dt.datetime(2026, 11, 29, tzinfo=dt.UTC), tick=False):
        response = client.get(ADDRESS)
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert response.text.splitlines() == [
        f"Contact: {contact}",
        "Expires: 2027-02-27T00:00:00Z",
        "Preferred-Languages: en",
    ]

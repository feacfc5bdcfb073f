"""“Was this clear?” on a phone, and in the admin."""

import pytest

from tests.browser.accessibility import faults_of
from tests.browser.walking import (
    COURSE,
)
from tests.browser.writing import sign_in

LESSON = f"{COURSE}risks/"


def send(page):
    page.get_by_role("button", name="Send").press("Enter")


@pytest.mark.parametrize(
    ("width", "scripts"),
    [
        pytest.param(360, True, marks=pytest.mark.journey("clarity")),
        (360, False),
        (1280, True),
        (1280, False),
    ],
)
def test_what_a_reader_says_is_read_by_who_writes(open_page, site, width, scripts):
    page = open_page(LESSON, width=width, scripts=scripts)
    page.get_by_role("link", name="Was this clear?").click()
    assert not scripts or not faults_of(page)
    page.get_by_label("What was unclear, or what helped?").fill("Too many numbers")
    send(page)
    assert page.get_by_role("link", name="Choose “Yes” or “No”.").is_visible()
    assert not scripts or not faults_of(page)
    page.get_by_label("No", exact=True).check()
    send(page)
    page.get_by_text("Your answer helps us to write more clearly.").wait_for()
    page.get_by_role("link", name="Back to the lesson").click()
    assert page.url.endswith(LESSON)

    admin = open_page("/healthz", width=1280)
    sign_in(admin, site)
    admin.goto("/admin/reports/was-this-clear/")
    assert admin.get_by_role("cell", name="Too many numbers").is_visible()

"""A trainer records what somebody completed elsewhere, and the person sees it."""

import re

import pytest
from django.test import Client
from django.utils import timezone

from tests.browser.accessibility import faults_of
from tests.factories import a_course
from tests.training.staff import a_member, a_team, a_trainer, an_assignment
from training.assignments.models import CompletionElsewhere


@pytest.fixture
def site(live_server):
    """The address of a site with one course."""
    a_course(lessons=2, title="Stem cells")
    return live_server.url


def sign_in_as(user, page):
    client = Client()
    client.force_login(user)
    value = client.cookies["sessionid"].value
    address = {"domain": "localhost", "path": "/"}
    page.context.add_cookies([{"name": "sessionid", "value": value} | address])


@pytest.mark.parametrize(
    "scripts",
    [pytest.param(True, marks=pytest.mark.journey("training.elsewhere")), False],
)
def test_it_is_recorded_with_its_proof_and_revoked(open_page, site, scripts):
    team = a_team()
    ann = a_member(team, first_name="Ann", last_name="Lee")
    an_assignment(a_course(lessons=1, title="First aid"), team)
    page = open_page("about:blank", width=1280, scripts=scripts)
    sign_in_as(a_trainer(team), page)
    page.goto(f"{site}/admin/training/people/{ann.uuid}/elsewhere/")
    page.get_by_label("Course").select_option("First aid")
    page.get_by_label("Completed on").fill(str(timezone.localdate()))
    page.get_by_label("Where").fill("Red Cross, Girona")
    page.get_by_label("Who says so").fill("HR, who saw the certificate")
    scan = {"name": "scan.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7"}
    page.get_by_label("Proof").set_input_files(scan)
    if scripts:
        assert faults_of(page, widths=(360, 1280)) == {}
    page.get_by_role("button", name="Record", exact=True).click()
    page.get_by_text("It counts for “First aid”.").wait_for()
    page.get_by_role("link", name=re.compile("^Revoke ?: First aid")).click()
    page.get_by_label("Reason").fill("It was of a cousin")
    page.get_by_role("button", name="Revoke", exact=True).click()
    page.get_by_text("Revoked. It no longer counts.").wait_for()
    assert CompletionElsewhere.objects.get().revoked_reason == "It was of a cousin"

"""A trainer teaches in a room: the code on a phone, ticks, and the completion."""

import datetime as dt

import pytest
from django.test import Client

from tests.browser.accessibility import faults_of
from tests.factories import a_course
from tests.training.classroom.sessions import a_session, door_of, url_of
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
    [pytest.param(True, marks=pytest.mark.journey("training.classroom")), False],
)
def test_attendance_is_taken_by_code_and_by_ticks(open_page, site, scripts):
    team, course = a_team(), a_course(lessons=1, title="First aid")
    ann = a_member(team, first_name="Ann", last_name="Lee")
    a_member(team, first_name="Ben", last_name="Moss")
    an_assignment(course, team)
    trainer = a_trainer(team)
    session = a_session(course, team, by=trainer, start_time=dt.time(9))
    page = open_page("about:blank", width=1280, scripts=scripts)
    sign_in_as(ann.user, page)
    page.goto(site + door_of(session))
    page.get_by_label("Code of the day").fill(session.code.lower())
    page.get_by_role("button", name="I am here").click()
    page.get_by_text("Your trainer will confirm.").wait_for()
    sign_in_as(trainer, page)
    for part in ("", "sheet/", "attendance/"):
        page.goto(site + url_of(session, part))
        if scripts:
            assert faults_of(page, widths=(360, 1280)) == {}
    assert page.get_by_label("Ann Lee").is_checked()
    page.get_by_label("Ben Moss").press("Space")
    page.get_by_role("button", name="Preview").click()
    page.get_by_text("It counts for “First aid”.").first.wait_for()
    page.get_by_role("button", name="Confirm attendance").click()
    page.get_by_text("2 completions were recorded.").wait_for()
    assert CompletionElsewhere.objects.count() == 2

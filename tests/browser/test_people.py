"""What a trainer does for many people, in as few clicks as the issue allows."""

import datetime as dt
import re

import pytest
from django.test import Client
from django.utils import timezone

from course.models import CoursePage
from mail.models import Message
from tests.browser.accessibility import violations
from tests.factories import a_course
from tests.training.proof import complete
from tests.training.staff import a_member, a_team, a_trainer, an_assignment
from training.teams.actions.invitations import Newcomer, add_people
from training.teams.actions.memberships import join_team
from training.teams.models import Invitation, Team


@pytest.fixture
def site(live_server):
    """The address of a site with one course."""
    a_course(lessons=1, title="Stem cells")
    return live_server.url


@pytest.fixture
def team(site):
    Team.objects.update(quiet_from="00:00", quiet_until="00:00")
    return a_team(quiet_from="00:00", quiet_until="00:00")


@pytest.fixture
def trainer(team):
    return a_trainer(team, email="tess@example.org", first_name="Tess")


class ClickCounter:
    """A page of the trainer's browser that counts clicks from the start page on."""

    def __init__(self, page):
        self.page, self.clicks = page, 0

    def click(self, role, name, **options):
        self.clicks += 1
        self.page.get_by_role(role, name=name, **options).first.click()


@pytest.fixture
def start(open_page, trainer):
    """Return a function that opens the trainer's start page at some width."""

    def open_start(**options):
        client = Client()
        client.force_login(trainer)
        page = open_page("about:blank", **{"width": 1280} | options)
        value = client.cookies["sessionid"].value
        address = {"domain": "localhost", "path": "/"}
        page.context.add_cookies([{"name": "sessionid", "value": value} | address])
        page.goto("/admin/")
        return ClickCounter(page)

    return open_start


def behind(team, number):
    """Let so many people be overdue."""
    at = timezone.now()
    people = [
        a_member(team, first_name="Pat", last_name=f"Late {n:02}")
        for n in range(number)
    ]
    long_ago = at - dt.timedelta(days=60)
    an_assignment(
        CoursePage.objects.get(),
        people=people,
        at=long_ago,
        due_on=(at - dt.timedelta(days=5)).date(),
    )
    return people


@pytest.mark.parametrize(
    "scripts",
    [pytest.param(True, marks=pytest.mark.journey("training.people")), False],
    ids=["scripts on", "scripts off"],
)
def test_who_is_behind_and_reminding_them_takes_three_clicks(start, team, scripts):
    behind(team, 3)
    way = start(scripts=scripts)
    way.click("link", "Who is behind")
    way.click("link", "Remind these people")
    way.page.get_by_text("Pat Late 02").wait_for()
    way.click("button", "Send now")
    way.page.get_by_text("3 people get a reminder.").wait_for()
    assert way.clicks == 3
    assert Message.objects.filter(kind="remind_now").count() == 3


def test_inviting_all_again_who_never_came_in_takes_four_clicks(start, team, trainer):
    people = [Newcomer(f"new{n:02}@example.org") for n in range(31)]
    yesterday = timezone.now() - dt.timedelta(days=2)
    add_people(team=team, people=people, by=trainer, at=yesterday)
    way = start()
    way.click("link", "31 people have never come in")
    way.click("checkbox", "All 31 people that match, on every page")
    way.click("button", "Invite again")
    way.page.get_by_role("heading", name="31 people").wait_for()
    way.click("button", "Invite again")
    way.page.get_by_text("31 people are invited again.").wait_for()
    assert way.clicks == 4
    assert Invitation.objects.count() == 62


def test_correcting_a_misspelt_name_takes_three_clicks(start, team):
    a_member(team, first_name="Anm", last_name="Roe", email="ann@example.org")
    way = start()
    way.page.get_by_label("Name, e-mail address, staff number, job title or site").fill(
        "roe"
    )
    way.click("button", "Find")
    way.click("link", re.compile("^Correct ?: Anm Roe$"))
    way.page.get_by_label("First name").fill("Ann")
    way.click("button", "Save")
    way.page.get_by_role("heading", name="Ann Roe").first.wait_for()
    assert way.clicks == 3


def test_moving_ten_people_takes_four_clicks(start, team, trainer):
    behind(team, 10)
    other = a_team("Ward 4", quiet_from="00:00", quiet_until="00:00")
    at = timezone.now()
    join_team(team=other, learner=trainer.learner, role="trainer", at=at)
    way = start()
    way.click("link", "All people")
    way.click("checkbox", "All 10 people that match, on every page")
    way.click("button", "Move to another team")
    way.page.get_by_label("New team").select_option("Ward 4")
    way.page.get_by_label("Reason").fill("New ward")
    way.click("button", "Move")
    way.page.get_by_text("10 people have moved.", exact=True).wait_for()
    assert way.clicks == 4
    assert other.memberships.filter(role="member", left_at=None).count() == 10


def test_asking_one_person_again_takes_four_clicks(start, team):
    ann, _ben = behind(team, 2)
    complete(Client(), ann, CoursePage.objects.get())
    way = start()
    way.page.get_by_label("Name, e-mail address, staff number, job title or site").fill(
        "Late 00"
    )
    way.click("button", "Find")
    way.click("checkbox", "Pat Late 00, Ward 3")
    way.click("button", "Ask again")
    way.page.get_by_role("heading", name="1 person").wait_for()
    way.page.get_by_label("Reason").fill("The certificate was revoked")
    way.click("button", "Ask again")
    way.page.get_by_text("1 person is asked again.").wait_for()
    assert way.clicks == 4
    assert ann.obligations.count() == 2


def test_one_sheet_for_the_auditor_takes_three_clicks(start, team, trainer, tmp_path):
    behind(team, 3)
    other = a_team("Ward 4", quiet_from="00:00", quiet_until="00:00")
    at = timezone.now()
    join_team(team=other, learner=trainer.learner, role="trainer", at=at)
    an_assignment(CoursePage.objects.get(), team, title="Safety")
    way = start()
    way.click("link", "One sheet for the auditor")
    # Opening the list of teams is a click, too.
    way.clicks += 1
    way.page.get_by_label("Team").select_option("Ward 3")
    with way.page.expect_download() as download:
        way.click("button", "Download")
    sheet = tmp_path / "sheet.pdf"
    download.value.save_as(sheet)
    assert sheet.read_bytes().startswith(b"%PDF")
    assert way.clicks == 3


@pytest.mark.parametrize("width", [1280, 360])
def test_the_list_and_its_forms_are_for_everybody(start, team, width):
    person = behind(team, 3)[0]
    page = start(width=width).page
    correct = f"/admin/training/people/{person.uuid}/correct/"
    acts = [
        f"{DO}/{verb}/?all=on" for verb in ("remind", "extend", "move", "ask-again")
    ]
    sheet = "/admin/training/evidence/"
    for address in ("/admin/training/people/", correct, sheet, *acts):
        page.goto(address)
        page.locator(".nice-padding").first.wait_for()
        assert not violations(page, context=[[".nice-padding"]]), address
        assert page.evaluate("document.documentElement.scrollWidth") <= width


DO = "/admin/training/people/do"

"""A trainer brings people in by roster; the invited come in, with and without scripts."""

import datetime as dt
from urllib.parse import urlsplit

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone

from accounts.models import User
from tests.browser.accessibility import faults_of, violations
from tests.browser.writing import sign_in
from tests.factories import UserFactory
from tests.training.invitations import link_in, newest_mail
from tests.training.rosters import broken_roster
from tests.training.staff import a_member, a_team, a_trainer
from training.teams.actions.join_links import make_join_link
from training.teams.models import Team

ROSTER = (
    "E-mail;Name;Role\nann@example.org;Ann Roe;\nbob@example.org;Bob Low;observer\n"
)


@pytest.fixture
def team(site):
    return a_team("Ward 3")


@pytest.fixture
def trainer(team):
    return a_trainer(team, email="tess@example.org", first_name="Tess")


def enter(page, user, *, to="/admin/"):
    """Open a page of the admin, signed in as the user."""
    sign_in(page, page.url, user)
    page.goto(to)


def upload(page, team, content):
    page.goto(f"/admin/training/teams/{team.pk}/roster/")
    file = {"name": "roster.csv", "mimeType": "text/csv", "buffer": content}
    page.locator("input[type=file]").set_input_files(file)
    with page.expect_navigation():
        page.get_by_role("button", name="Preview changes").click()


def choose_password(page, text="a horse that is correct"):
    page.get_by_label("Password", exact=True).fill(text)
    page.get_by_label("Password (again)").fill(text)
    page.get_by_role("button", name="Save and sign in").click()


@pytest.mark.journey("training.teams")
def test_a_roster_becomes_a_team_and_the_invited_come_in(open_page, trainer, team):
    page = open_page("/healthz", width=1280)
    enter(page, trainer)
    page.get_by_role("link", name="Ward 3").click()
    upload(page, team, broken_roster())
    page.get_by_text("“boss” is not a role.").wait_for()
    page.get_by_role("button", name="Apply roster").click()
    page.get_by_text("Nothing was saved").first.wait_for()
    upload(page, team, ROSTER.encode())
    page.get_by_role("cell", name="Ann Roe", exact=True).wait_for()
    assert not User.objects.filter(email="ann@example.org").exists()
    page.get_by_role("button", name="Apply roster").click()
    page.get_by_text("Roster applied: 2 invited").wait_for()
    page.get_by_text("Invited, until").first.wait_for()

    visitor = open_page(link_in(newest_mail().text))
    assert violations(visitor) == []
    choose_password(visitor, "12345678")
    assert visitor.title().startswith("Error:")
    choose_password(visitor)
    visitor.wait_for_url("**/my-learning/")
    visitor.goto("/account/")
    visitor.get_by_text("You are signed in as bob@example.org").wait_for()
    page.reload()
    assert page.get_by_text("Can sign in").count() == 2


@pytest.mark.parametrize("scripts", [False, True], ids=["scripts off", "scripts on"])
def test_somebody_new_joins_by_code(open_page, trainer, team, scripts):
    at = timezone.now()
    ends = at + dt.timedelta(days=1)
    link = make_join_link(team=team, expires_at=ends, by=trainer, at=at)
    page = open_page("/my-learning/join/", scripts=scripts)
    page.get_by_label("Code").fill(f"{link.code[:5].lower()} {link.code[5:]}")
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("E-mail address").fill("new@example.org")
    page.get_by_role("button", name="Send me the e-mail").click()
    page.get_by_text("We have sent an e-mail to new@example.org").wait_for()
    page.goto(link_in(newest_mail().text))
    choose_password(page)
    page.get_by_role("button", name="Join the team").click()
    page.wait_for_url("**/my-learning/")
    rows = team.memberships.filter(learner__user__email="new@example.org")
    assert rows.get().role == "member"


def test_the_room_is_worked_by_keyboard_alone(open_page, trainer, team):
    learner = a_member(team, email="ann@example.org")
    page = open_page("/healthz", width=1280)
    enter(page, trainer)
    reach(page, "Ward 3")
    reach(page, "Remove: ann@example.org")
    page.get_by_role("textbox", name="Reason").press_sequentially("Left the clinic")
    reach(page, "Remove from the team", kind="BUTTON")
    page.get_by_text("removed from the team").wait_for()
    assert not learner.memberships.filter(left_at=None).exists()


def reach(page, name, kind="A"):
    """Press Tab until the focus is on the link or button of this name, then Enter."""
    for _press in range(80):
        page.keyboard.press("Tab")
        tag, text = page.evaluate(
            "[document.activeElement.tagName, document.activeElement.textContent]"
        )
        if (tag, " ".join(text.split())) == (kind, name):
            with page.expect_navigation():
                page.keyboard.press("Enter")
            return
    raise AssertionError(f"Tab does not lead to “{name}”.")


PAGES = ("", "edit/", "add/", "archive/", "roster/", "join-links/")


def test_axe_finds_nothing_in_the_room_at_any_width(open_page, trainer, team):
    learner = a_member(team, email="ann@example.org")
    at = timezone.now()
    ends = at + dt.timedelta(days=1)
    link = make_join_link(team=team, expires_at=ends, by=trainer, at=at)
    start = f"/admin/training/teams/{team.pk}/"
    page = open_page("/healthz", width=1280)
    enter(page, trainer)
    upload(page, team, broken_roster())
    faults = look(page)
    for path in (
        "/admin/",
        "/admin/training/teams/",
        "/admin/training/teams/add/",
        *(start + name for name in PAGES),
        f"{start}people/{learner.uuid}/role/",
        f"{start}people/{learner.uuid}/remove/",
        f"{start}join-links/{link.pk}/close/",
        f"/my-learning/join/{link.code}/",
    ):
        page.goto(path)
        faults |= look(page)
    assert not faults


def test_axe_finds_nothing_on_the_ways_in(open_page, trainer, team):
    page = open_page("/healthz")
    faults = {}
    for path in (
        "/my-learning/join/",
        "/my-learning/join/X/",
        "/my-learning/invitation/x/",
    ):
        page.goto(path)
        faults |= look(page)
    assert not faults


def look(page):
    """Return what axe finds at two widths, and what does not fit: address → faults."""
    path = urlsplit(page.url).path
    found = faults_of(page, schemes=["light"])
    return {(path, *where): faults for where, faults in found.items()}


def test_an_administrator_gives_the_role_and_the_trainer_makes_a_team(open_page, site):
    a_team()
    trainer = UserFactory(email="tim@example.org")
    trainer.groups.add(Group.objects.get(name="Trainer"))
    page = open_page("/healthz", width=1280)
    enter(page, trainer)
    page.get_by_role("link", name="New team").click()
    page.get_by_label("Name").first.fill("Theatre")
    page.get_by_role("button", name="Create team").click()
    page.get_by_text("Team “Theatre” created").wait_for()
    made = Team.objects.get(name="Theatre")
    assert made.memberships.get().learner.user == trainer


PERSONNEL = """E-Mail;Name;Staff number;Start date;Role
an.new@x.org;Ann Roe;0123;01/05/2023;Nurse
zoe@x.org;Dr. med. Zoe Tan;0999;17/05/2023;Porter
bo@y.org;Bob Low;;2024-01-01;Nurse
nobody;Nemo;;;Nurse
odd@x.org;Odd Ott;;n/a;Nurse
"""


def test_axe_finds_nothing_in_a_preview_that_asks_much(open_page, trainer, team):
    ann = a_member(team, email="an@x.org", first_name="Ann", last_name="Roe")
    ann.memberships.update(staff_number="0123")
    User.objects.filter(learner=ann).update(password="!", last_login=None)
    a_member(team, email="bob@x.org", first_name="Bob", last_name="Low")
    page = open_page("/healthz", width=1280)
    enter(page, trainer)
    upload(page, team, PERSONNEL.encode())
    page.get_by_text("1 person has a different address in the file").wait_for()
    page.get_by_text("1 person may already be on the team").wait_for()
    page.get_by_label("Leave out row 3").check()
    page.get_by_role("button", name="Update the plan").click()
    page.get_by_label("Row 3: zoe@x.org").wait_for()
    assert not look(page)

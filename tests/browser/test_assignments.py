"""A trainer assigns, changes together with a colleague, and makes exceptions."""

import pytest
from django.test import Client
from django.utils import timezone

from course.models import CoursePage
from tests.browser.accessibility import violations
from tests.factories import a_course
from tests.training.staff import a_member, a_team, a_trainer, an_assignment
from training.assignments.models import Assignment, Obligation, Status

ADD = "/admin/training/assignments/new/"


@pytest.fixture
def site(live_server):
    """The address of a site with one course."""
    a_course(lessons=2, title="Stem cells")
    return live_server.url


@pytest.fixture
def team(site):
    return a_team()


@pytest.fixture
def course(team):
    return CoursePage.objects.get()


@pytest.fixture
def open_as(open_page):
    """Return a function that opens a page of the admin as somebody."""

    def open_it(person, path, **options):
        client = Client()
        client.force_login(person)
        page = open_page("about:blank", **{"width": 1280} | options)
        name, cookie = "sessionid", client.cookies["sessionid"].value
        address = {"name": name, "value": cookie, "domain": "localhost", "path": "/"}
        page.context.add_cookies([address])
        page.goto(path)
        return page

    return open_it


def accessible(page):
    """Assert that what is ours on the page has no fault and fits a phone."""
    page.locator(".nice-padding").first.wait_for()
    assert not violations(page, context=[[".nice-padding"]]), page.url
    size = page.viewport_size
    page.set_viewport_size({"width": 360, "height": 740})
    assert page.evaluate("document.documentElement.scrollWidth") <= 360, page.url
    page.set_viewport_size(size)


def status_of(person):
    rows = Obligation.objects.with_status(timezone.now())
    return rows.get(learner=person).status


@pytest.mark.parametrize(
    "scripts",
    [False, pytest.param(True, marks=pytest.mark.journey("training.assignments"))],
    ids=["scripts off", "scripts on"],
)
def test_a_trainer_assigns_after_a_look_at_what_would_follow(open_as, team, scripts):
    a_member(team, email="anna@example.org")
    page = open_as(a_trainer(team), ADD, scripts=scripts)
    page.get_by_role("button", name="Preview").click()
    page.get_by_role("link", name="Teams").wait_for()
    if scripts:
        accessible(page)
    page.get_by_label("Ward 3").check()
    page.get_by_role("textbox", name="Due date", exact=True).fill("2099-05-01")
    page.get_by_label("Yes, counted from the day it was completed").check()
    page.get_by_label("Recurs after how many months?").fill("12")
    page.get_by_role("button", name="Preview").click()
    page.get_by_role("heading", name="Who is asked").wait_for()
    assert page.get_by_text("1 person", exact=True).is_visible()
    assert page.get_by_text("1 May 2099, 1 May 2100, 1 May 2101").is_visible()
    assert not Assignment.objects.exists()
    if scripts:
        accessible(page)
    page.get_by_role("button", name="Back to editing").click()
    assert page.get_by_label("Recurs after how many months?").input_value() == "12"
    page.get_by_role("button", name="Preview").click()
    page.get_by_role("button", name="Assign").click()
    page.get_by_role("link", name="anna@example.org").wait_for()
    assert Obligation.objects.get().due_at.year == 2099
    if scripts:
        accessible(page)


def test_two_trainers_change_one_assignment(open_as, team, course):
    assignment = an_assignment(course, team)
    path = f"/admin/training/assignments/{assignment.pk}/edit/"
    one = open_as(a_trainer(team, email="one@example.org"), path)
    two = open_as(a_trainer(team, email="two@example.org"), path)
    for page, title in ((one, "By one"), (two, "By two")):
        page.get_by_label("Title").fill(title)
        page.get_by_role("button", name="Preview").click()
    # Both had looked before; the second learns of it on the way.
    one.get_by_role("button", name="Save changes").click()
    one.get_by_text("Assignment updated.").wait_for()
    two.get_by_role("button", name="Save changes").click()
    two.get_by_text("Changed by one@example.org").wait_for()
    accessible(two)
    two.get_by_role("button", name="Continue with my version").click()
    assert two.get_by_label("Title").input_value() == "By two"
    two.get_by_role("button", name="Preview").click()
    two.get_by_role("cell", name="By one").wait_for()
    two.get_by_role("button", name="Save changes").click()
    two.get_by_text("Assignment updated.").wait_for()
    assert Assignment.objects.get().title == "By two"


def test_an_extension_and_a_hand_over_by_keyboard(open_as, team, course):
    anna = a_member(team, email="anna@example.org")
    a_member(team, email="berta@example.org")
    an_assignment(course, team)
    trainer = a_trainer(team)
    row = Obligation.objects.get(learner=anna)
    page = open_as(trainer, f"/admin/training/obligations/{row.pk}/")
    accessible(page)
    page.get_by_role("link", name="Extend").press("Enter")
    accessible(page)
    page.get_by_label("New due date").fill("2099-05-01")
    page.get_by_label("Reason").fill("On leave")
    page.get_by_label("Reason").press("Enter")
    page.get_by_role("cell", name="On leave").wait_for()
    assert page.get_by_text("Due on 1 May 2099.", exact=True).is_visible()
    page.get_by_role("link", name="Hand over").press("Enter")
    page.get_by_label("Deputy").fill("nobody@example.org")
    page.get_by_label("Reason").fill("Ill")
    page.get_by_label("Reason").press("Enter")
    page.get_by_role("alert").get_by_text("does not belong to anyone").wait_for()
    accessible(page)
    page.get_by_label("Deputy").fill("berta@example.org")
    page.get_by_label("Deputy").press("Enter")
    handed = "hand-over to a deputy: berta@example.org"
    page.get_by_role("cell", name=handed, exact=True).wait_for()
    accessible(page)
    page.get_by_role("link", name="Revoke").last.press("Enter")
    accessible(page)
    page.get_by_role("button", name="Revoke exception").press("Enter")
    page.get_by_text("Exception revoked.").wait_for()


def test_several_are_waived_at_once(open_as, team, course):
    people = [a_member(team), a_member(team)]
    assignment = an_assignment(course, team)
    page = open_as(a_trainer(team), f"/admin/training/assignments/{assignment.pk}/")
    for person in people:
        page.get_by_role("checkbox", name=person.user.email).check()
    page.get_by_role("button", name="Waive for selected people").click()
    accessible(page)
    page.get_by_label("Reason").fill("The ward is closed")
    page.get_by_role("button", name="Waive").click()
    page.get_by_text("Exception made for 2 people.").wait_for()
    assert {status_of(person) for person in people} == {Status.WAIVED}
    page.goto("/admin/training/assignments/")
    accessible(page)

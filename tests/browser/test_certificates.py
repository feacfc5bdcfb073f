"""A certificate: from the completed course to whoever checks it, and to the trainer."""

import pytest

from course.models import CoursePage
from progress.models import Certificate
from tests.browser.accessibility import faults_of, violations
from tests.browser.walking import take_quiz
from tests.browser.writing import sign_in
from tests.factories import a_course, lessons_of
from tests.training.proof import complete
from tests.training.staff import a_member, a_team, a_trainer, an_assignment


@pytest.fixture
def learner(site):
    return a_member(a_team(), first_name="Anna", last_name="Berg")


@pytest.fixture
def certificate(client, learner):
    """The certificate of somebody who completed a short course of one lesson."""
    course = a_course(lessons=1, questions=1, title="A short course")
    an_assignment(course, learner.memberships.get().team)
    return complete(client, learner, course)


@pytest.mark.parametrize(
    "scripts",
    [False, pytest.param(True, marks=pytest.mark.journey("training.certificates"))],
    ids=["scripts off", "scripts on"],
)
def test_from_the_completed_course_to_whoever_checks_it(open_page, learner, scripts):
    page = open_page("/", scripts=scripts)
    sign_in(page, page.url, learner.user)
    course = a_course(lessons=2, questions=1, title="A short course")
    for lesson in lessons_of(course):
        page.goto(f"{lesson.url}quiz/")
        take_quiz(page)
    page.goto(course.url)
    page.get_by_role("link", name="Your certificate").click()
    page.get_by_text("This certificate is valid").wait_for()
    address = page.get_by_role("link", name="/certificates/").get_attribute("href")
    number = address.rstrip("/").split("/")[-1]
    page.get_by_role("button", name="Show my name").click()
    page.get_by_role("button", name="Hide my name").wait_for()

    stranger = open_page("/certificates/", scripts=scripts)
    stranger.get_by_label("Certificate number").focus()
    stranger.keyboard.type(f"{number[:5]} {number[5:]}")
    stranger.keyboard.press("Enter")
    stranger.get_by_text("This certificate is valid").wait_for()
    assert stranger.get_by_text("Anna Berg").is_visible()
    assert stranger.context.cookies() == []


def test_every_page_of_a_certificate_is_accessible_and_fits_a_phone(
    open_page, learner, certificate
):
    page = open_page("/")
    sign_in(page, page.url, learner.user)
    own = f"/my-learning/certificates/{certificate.serial}/"
    faults = {}
    for path in (
        own,
        f"{own}print/",
        f"/certificates/{certificate.serial}/",
        "/certificates/",
        "/certificates/?number=",
        "/certificates/abc/",
        "/progress/",
    ):
        page.goto(path)
        faults[path] = faults_of(page, widths=(1280, 320))
        if page.locator("h1").count() != 1:
            faults[path]["any"] = "has not one main heading"
    assert not {path: found for path, found in faults.items() if found}


def test_the_certificate_fits_on_one_sheet(open_page, learner, certificate):
    page = open_page("/", width=1280)
    sign_in(page, page.url, learner.user)
    page.goto(f"/my-learning/certificates/{certificate.serial}/print/")
    pdf = page.pdf(format="A4")
    assert pdf.count(b"/Type /Page\n") == 1


def test_a_trainer_revokes_by_keyboard_and_the_pages_are_accessible(
    open_page, learner, certificate
):
    trainer = a_trainer(learner.memberships.get().team)
    page = open_page("/", width=1280)
    sign_in(page, page.url, trainer)
    page.goto("/admin/training/certificates/")
    faults = {"list": violations(page, context=[["#main"]])}
    page.get_by_role("link", name="Anna Berg").focus()
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Revoke").wait_for()
    faults["certificate"] = violations(page, context=[["#main"]])
    page.get_by_role("link", name="Holder's log").focus()
    page.keyboard.press("Enter")
    page.get_by_text("Joined a team").wait_for()
    faults["log"] = violations(page, context=[["#main"]])
    page.go_back()
    page.get_by_role("link", name="Revoke").focus()
    page.keyboard.press("Enter")
    page.get_by_label("Reason").focus()
    faults["revoke"] = violations(page, context=[["#main"]])
    page.keyboard.type("It was not Anna")
    page.keyboard.press("Enter")
    page.get_by_text("Certificate revoked").wait_for()
    assert Certificate.objects.get().revoked_reason == "It was not Anna"
    assert not {name: found for name, found in faults.items() if found}


def test_facts_of_two_assignments_stand_below_each_other(
    client, open_page, learner, certificate
):
    """A second one took the column of the names, and left one word a line."""
    team = learner.memberships.get().team
    course = CoursePage.objects.get(title="A short course")
    an_assignment(course, team, title="Once more")
    page = open_page(f"/certificates/{certificate.serial}/", width=1280)
    facts = page.locator(".app-facts dd")
    starts = {facts.nth(n).bounding_box()["x"] for n in range(facts.count())}
    assert len(starts) == 1
    assert facts.count() == page.locator(".app-facts dt").count() + 1

"""Somebody of a clinic learns what was assigned to them, in a real browser."""

import datetime as dt

import pytest
from django.utils import timezone

from course.models import CoursePage, LessonPage
from mail.actions.planning import plan_messages
from mail.actions.sending import send_due_messages
from mail.models import Message
from tests.browser.accessibility import faults_of, violations
from tests.browser.test_accounts import fill_in
from tests.browser.walking import COURSE, tab_to, take_quiz
from tests.browser.writing import sign_in
from tests.signing_in import with_password
from tests.training.outbox import an_exception
from tests.training.staff import a_member, a_team, a_trainer, an_assignment
from training.assignments.models import Obligation

LESSON = "stem-cell-basics"


@pytest.fixture
def team(site):
    return a_team(time_zone="Europe/Madrid", quiet_from="00:00", quiet_until="00:00")


@pytest.fixture
def anna(team):
    return with_password(
        a_member(team, email="anna@example.org", first_name="Anna").user
    )


def assign(team, lessons=(LESSON,), **fields):
    """Assign some lessons of the shipped course to the team; without any, the whole."""
    keys = LessonPage.objects.filter(slug__in=lessons).values_list("translation_key")
    return an_assignment(
        CoursePage.objects.get(slug=COURSE.strip("/")),
        team,
        lesson_keys=[str(key) for (key,) in keys],
        **fields,
    )


@pytest.mark.parametrize(
    "scripts",
    [False, pytest.param(True, marks=pytest.mark.journey("training.learning"))],
    ids=["scripts off", "scripts on"],
)
def test_staff_sign_in_learn_what_is_due_and_see_it_done(
    open_page, team, anna, scripts
):
    assign(team, title="Safety")
    page = open_page("/account/login/", scripts=scripts)
    fill_in(page, anna)
    page.get_by_role("heading", name="My learning", exact=True).wait_for()
    page.get_by_text("1 of 1 lesson left").wait_for()
    page.get_by_role("link", name="Start Safety").click()
    page.get_by_text("Learning as Anna").wait_for()
    page.goto(f"{COURSE}{LESSON}/quiz/")
    page.get_by_text("Learning as Anna").wait_for()
    take_quiz(page)
    page.get_by_role("link", name="My learning").click()
    page.get_by_role("heading", name="Done", exact=True).wait_for()
    page.get_by_text("Done on").wait_for()
    assert page.get_by_role("link", name="Start").count() == 0


def test_what_was_done_without_signing_in_is_done_again(open_page, team, anna):
    page = open_page(f"{COURSE}{LESSON}/quiz/", width=1280)
    take_quiz(page)
    assign(team, title="Safety")
    fill_in(page, anna)
    page.get_by_text("you did this without signing in").wait_for()
    page.get_by_role("button", name="Do this quiz again").click()
    take_quiz(page)
    page.goto("/my-learning/")
    page.get_by_role("heading", name="Done", exact=True).wait_for()


def test_the_keyboard_alone_leads_to_the_lesson(open_page, team, anna):
    assign(team, title="Safety")
    page = open_page("/account/login/")
    fill_in(page, anna)
    page.get_by_role("heading", name="My learning", exact=True).wait_for()
    tab_to(page, "a:text('Start')")
    page.keyboard.press("Enter")
    page.get_by_text("Learning as Anna").wait_for()


def all_kinds(team, anna):
    """Give Anna one obligation of each kind, with every exception."""
    now = timezone.now()
    for title, shift in {"Late": -3, "Soon": 5, "Open": 40, "Upcoming": 60}.items():
        assign(team, lessons=(), title=title)
        Obligation.objects.filter(assignment__title=title).update(
            due_at=now + dt.timedelta(days=shift),
            opens_at=now + dt.timedelta(days=-9 if shift < 60 else 50),
        )
    done = assign(team, title="Done", prior_counts=True, anonymous_counts=True)
    waived = assign(team, title="Not needed").obligations.get()
    an_exception(waived, kind="waiver", ends_at=now + dt.timedelta(days=9))
    late = Obligation.objects.get(assignment__title="Late")
    an_exception(late, kind="extension", due_at=now - dt.timedelta(days=1))
    deputy = a_member(a_team("Ward 4"), first_name="Bela")
    opened = Obligation.objects.get(assignment__title="Open")
    an_exception(opened, kind="hand_over", deputy=deputy)
    return done


def test_my_learning_is_accessible_and_fits_a_phone(open_page, team, anna):
    page = open_page(f"{COURSE}{LESSON}/quiz/")
    take_quiz(page)
    all_kinds(team, anna)
    fill_in(page, anna)
    for path in ("/my-learning/", f"{COURSE}{LESSON}/", f"{COURSE}{LESSON}/quiz/"):
        page.goto(path)
        assert faults_of(page, widths=(1280, 360, 320)) == {}
        assert page.locator("h1").count() == 1
    page.goto("/my-learning/")
    shown = page.locator("main h2").all_inner_texts()
    assert shown == [
        "Overdue",
        "Due soon",
        "To do",
        "Not open yet",
        "Waived",
        "Done",
    ]


@pytest.mark.journey("mail")
def test_a_trainer_reads_why_somebody_got_a_mail(open_page, team, anna):
    assign(team, title="Safety")
    trainer = a_trainer(team, email="tom@example.org")
    at = timezone.now()
    plan_messages(at=at)
    send_due_messages(at=at)
    page = open_page("/healthz", width=1280)
    sign_in(page, page.url, trainer)
    page.goto("/admin/mail/")
    page.get_by_role("link", name="Assigned").click()
    page.get_by_text("“Safety” was assigned, due on").wait_for()
    page.get_by_text("Hello Anna,").wait_for()
    assert violations(page, context="main") == []
    Message.objects.update(state="failed", sent_at=None, error="Refused", tries=5)
    page.reload()
    page.get_by_role("button", name="Send again").click()
    page.get_by_text("It will be sent within minutes").wait_for()

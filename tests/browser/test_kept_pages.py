"""Pages of answers that wait, and of results that are kept, for eye and thumb."""

import pytest
from django.http import HttpResponse
from django.test import Client
from wagtail.models import PageViewRestriction

from accounts.identity import Identity
from quizzes.models import Attempt
from quizzes.rules.posted_answers import Fields
from quizzes.views import drafts, kept
from tests.browser.accessibility import faults_of
from tests.factories import UserFactory
from tests.quizzes.regrading import NEW_RIGHT, a_lesson_of, draft_of, take
from tests.taking_quizzes import form_of

WIDTHS = (1280, 360, 320)
ANOTHER_BROWSER = "browser-" + "0" * 32


@pytest.fixture
def site(live_server):
    """The address of a site with one lesson of five questions."""
    return live_server.url


@pytest.fixture
def lesson(site):
    return a_lesson_of()


@pytest.fixture
def quiz_url(lesson):
    return f"{lesson.url}quiz/"


def cookies_of(client, url):
    return [
        {"name": name, "value": morsel.value, "url": url}
        for name, morsel in client.cookies.items()
        if morsel.value
    ]


def is_fit(page):
    """Return whether the page has one main heading and nothing that axe objects to."""
    return page.locator("h1").count() == 1 and not faults_of(page, widths=WIDTHS)


def with_kept_answer(client, quiz_url, mark):
    """Give the browser an answer that waits for the person with this mark."""
    form = form_of(Client(), quiz_url)
    hidden = form.hidden | {"opened_for": mark}
    draft = drafts.Draft(form.names, Fields({"choice": ["not-sure"]}), hidden)
    response = HttpResponse()
    kept._store(response, [kept.KeptAnswer(form.address, draft)])
    drafts.keep_draft(response, draft)
    client.cookies.update(response.cookies)


@pytest.mark.parametrize(
    ("owner", "signed_in", "title"),
    [
        ("anna", "anna", "Your answer has not been saved yet"),
        ("anna", None, "Sign in to continue"),
        ("anna", "ben", "This question was opened for somebody else"),
        (None, "ben", "Is this answer yours?"),
        (None, None, "We cannot tell whose answer this is"),
    ],
)
def test_an_answer_that_waits_is_shown_well(
    open_page, quiz_url, owner, signed_in, title
):
    people = {
        name: UserFactory(email=f"{name}@example.org") for name in ("anna", "ben")
    }
    client = Client()
    if signed_in:
        client.force_login(people[signed_in])
    mark = Identity.of_account(people[owner]).mark if owner else ANOTHER_BROWSER
    with_kept_answer(client, quiz_url, mark)
    page = open_page("/healthz")
    page.context.add_cookies(cookies_of(client, page.url))
    page.goto(f"{quiz_url}1/kept/")
    page.get_by_role("heading", name=title).wait_for()
    assert is_fit(page)


def test_what_was_not_kept_is_shown_well(open_page, quiz_url):
    client = Client()
    with_kept_answer(client, quiz_url, ANOTHER_BROWSER)
    page = open_page("/healthz")
    page.context.add_cookies(cookies_of(client, page.url))
    for path, words in {
        f"{quiz_url}1/not-kept/": "was not saved",
        f"{quiz_url}2/kept/": "There is no answer to save",
        f"{quiz_url}2/kept/?full": "Your answer was not saved",
        f"/not-saved/?back={quiz_url}1/&kept=yes": "not saved",
        f"/not-saved/?back={quiz_url}1/": "not saved",
    }.items():
        page.goto(path)
        page.get_by_role("heading", name=words).wait_for()
        assert is_fit(page), path


def test_results_and_what_is_told_of_them_are_shown_well(open_page, lesson, quiz_url):
    client = take(lesson, *NEW_RIGHT)
    draft_of(lesson, given_answers="re_mark").publish()
    page = open_page("/healthz")
    page.context.add_cookies(cookies_of(client, page.url))
    own = f"/progress/results/{Attempt.objects.get().uuid}/"
    for path in (f"{quiz_url}1/", f"{quiz_url}result/", own):
        page.goto(path)
        assert is_fit(page), path
    page.get_by_role("button", name="I have read this").click()
    page.get_by_text("Corrected: your answers were marked again").wait_for()
    for path in (f"{quiz_url}result/", own, f"{quiz_url}answer/1/"):
        page.goto(path)
        page.get_by_text("corrected").first.wait_for()
        assert is_fit(page), path
    lesson.unpublish()
    for path in ("/progress/", own):
        page.goto(path)
        assert is_fit(page), path


def test_a_course_without_lessons_is_shown_well(open_page, lesson):
    client = take(lesson, *NEW_RIGHT)
    lesson.unpublish()
    page = open_page("/healthz")
    page.context.add_cookies(cookies_of(client, page.url))
    course = lesson.get_parent().url
    for path in (course, f"{course}print/", "/progress/"):
        page.goto(path)
        page.get_by_text("None of its lessons are available at the moment").wait_for()
        assert is_fit(page), path


def test_what_is_wrong_with_a_form_is_shown_well_and_can_be_gone_back_from(
    open_page, lesson
):
    course = lesson.get_parent()
    page = open_page(course.url)
    page.get_by_role("link", name="Your account").click()
    page.get_by_label("E-mail address").fill("anna@example")
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_role("alert").wait_for()
    assert is_fit(page)
    assert page.get_by_label("E-mail address").input_value() == "anna@example"
    page.reload()
    page.get_by_role("alert").wait_for()
    page.goto(course.url)
    page.go_back()
    page.get_by_role("heading", name="Sign in", exact=True).wait_for()


def test_the_door_of_a_private_page_is_shown_well(open_page, lesson):
    PageViewRestriction.objects.create(
        page=lesson, restriction_type="password", password="the right one"
    )
    page = open_page(lesson.url)
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("alert").wait_for()
    assert is_fit(page)
    assert page.title().startswith("Error: ")
    page.get_by_label("Password").fill("the right one")
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("heading", name=lesson.title).first.wait_for()

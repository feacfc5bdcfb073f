"""An author changes what is right after people answered, and they are told."""

import re

import pytest
from django.conf import settings
from django.test import Client

from accounts.identity import COOKIE
from course.models import LessonPage
from quizzes.models import Question
from tests.browser.patience import PATIENCE
from tests.browser.writing import publish, save_draft
from tests.factories import UserFactory, a_course
from tests.taking_quizzes import form_of


@pytest.fixture
def site(live_server):
    """The address of a site with a course of one lesson of five questions."""
    a_course(lessons=1, questions=5)
    return live_server.url


@pytest.fixture
def author(browser, site):
    """The editor of the first lesson, opened by an administrator."""
    client = Client()
    client.force_login(UserFactory(administrator=True))
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    context = browser.new_context(
        base_url=site, viewport={"width": 1280, "height": 900}
    )
    context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": site}]
    )
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    page.goto(f"/admin/pages/{the_lesson().pk}/edit/")
    yield page
    context.close()


def the_lesson():
    return LessonPage.objects.get()


def first_options():
    """Return the first question's right option and one that is not, with places."""
    question = Question.objects.filter(lesson=the_lesson()).order_by("sort_order")[0]
    rights = [bool(option.value["right"]) for option in question.options]
    return rights.index(True), rights.index(False), question.options


def a_learner(open_page, *, knows_the_first):
    """Return the browser of a learner who answered all but perhaps the first right."""
    questions = list(
        Question.objects.filter(lesson=the_lesson()).order_by("sort_order")
    )
    client, quiz = Client(), f"{the_lesson().url}quiz/"
    for number, question in enumerate(questions):
        right = knows_the_first or number > 0
        options = (o for o in question.options if bool(o.value["right"]) == right)
        form_of(client, quiz).send(client, choice=str(next(options).id))
    page = open_page("/")
    page.context.add_cookies(
        [{"name": COOKIE, "value": client.cookies[COOKIE].value, "url": page.url}]
    )
    return page


def turn_the_key_round(page, choice):
    """Make the wrong option of the first question the right one, and save."""
    right, wrong, _options = first_options()
    page.get_by_role("tab", name="Quiz").click()
    page.get_by_role("button", name="Expand all questions").click()
    page.locator(f"[name=questions-0-options-{right}-value-right]").uncheck(force=True)
    page.locator(f"[name=questions-0-options-{wrong}-value-right]").check(force=True)
    page.get_by_role("tab", name="Review").click()
    page.locator("[name=kind_of_change]").select_option("content")
    page.locator("[name=given_answers]").select_option(choice)
    save_draft(page)
    page.get_by_role("tab", name="Review").click()


NEWS = re.compile("Marked again|A right answer changed")
CHANGED = "Your result stays the same."


def told(page):
    """Return what the course page tells the learner about answers, if anything."""
    page.goto(the_lesson().get_parent().url)
    notice = page.locator(".app-notice", has_text=NEWS)
    return " ".join(notice.inner_text().split()) if notice.count() else ""


@pytest.mark.parametrize(
    ("choice", "counts", "missed", "knew"),
    [
        ("keep", "2 unchanged, 0 would go up", CHANGED, CHANGED),
        ("full_credit", "1 unchanged, 1 would go up", "Now: 5 of 5.", CHANGED),
        ("both_right", "1 unchanged, 1 would go up", "Now: 5 of 5.", CHANGED),
        ("new_only", "2 unchanged, 0 would go up", CHANGED, CHANGED),
        ("re_mark", "0 unchanged, 1 would go up", "Now: 5 of 5.", "Now: 4 of 5."),
    ],
)
def test_an_author_sees_whom_a_new_key_touches_and_learners_are_told(
    open_page, author, choice, counts, missed, knew
):
    people = [a_learner(open_page, knows_the_first=know) for know in (False, True)]
    turn_the_key_round(author, choice)
    panel = author.locator("[data-regrade-panel]")
    assert f"2 attempts affected: {counts}" in panel.inner_text()
    publish(author)
    author.locator(".messages").get_by_text("has been published").wait_for()
    for page, sentence in zip(people, (missed, knew), strict=True):
        page.goto(f"{the_lesson().url}quiz/result/")
        assert sentence in told(page)
        page.get_by_role("link", name="See your result").click()
        page.get_by_role("button", name="I have read this").click()
        page.wait_for_url("**/quiz/result/")
        assert not told(page)

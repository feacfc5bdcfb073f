"""From question to question in a browser: what fits, what is asked of the server."""

import pytest

from quizzes.models import Answer, Question
from tests.browser.walking import (
    COURSE,
    LESSONS,
    answer_right,
    check_answer,
    fill_in_right,
    go_back,
    take_quiz,
)

QUIZ = f"{COURSE}stem-cell-basics/quiz/"


@pytest.fixture
def documents(open_page):
    """Return a function that opens a page and lists the pages then asked for."""

    def open_at(path, **named):
        page = open_page("/healthz", **named)
        asked = []
        page.on(
            "request",
            lambda request: (
                asked.append(request.method)
                if request.resource_type in ("document", "fetch")
                else None
            ),
        )
        page.goto(path)
        return page, asked

    return open_at


@pytest.mark.parametrize(
    ("scripts", "expected"),
    [(True, ["GET"] + 5 * ["POST"]), (False, ["GET"] + 5 * ["POST", "GET"])],
    ids=["scripts on", "scripts off"],
)
def test_what_five_questions_ask_of_the_server(documents, scripts, expected):
    page, asked = documents(f"{QUIZ}1/", scripts=scripts)
    take_quiz(page)
    page.get_by_text("You have finished this lesson").wait_for()
    assert asked == expected


def test_every_question_of_the_course_fits_a_phone_with_its_button(open_page):
    page = open_page()
    assert page.viewport_size == {"width": 360, "height": 740}
    bottoms = {}
    for lesson in LESSONS:
        asked = Question.objects.filter(lesson__slug=lesson, review_status="").count()
        for number in range(1, asked + 1):
            page.goto(f"{COURSE}{lesson}/quiz/{number}/")
            box = page.locator("[data-waiting]").bounding_box()
            bottoms[lesson, number] = box["y"] + box["height"]
            assert page.locator("h1").bounding_box()["y"] < 100
    assert len(bottoms) > 20
    assert {place: at for place, at in bottoms.items() if at > 740} == {}


def test_a_page_that_a_script_put_there_can_be_left_and_come_back_to(open_page):
    page = open_page(f"{QUIZ}1/")
    answer_right(page)
    answer_right(page)
    go_back(page)
    assert page.url.endswith("/quiz/answer/1/")
    page.get_by_role("link", name="Question 2: right").wait_for()
    assert not page.locator("form.app-question").count()
    go_back(page)
    assert page.url.endswith("/quiz/1/")
    page.get_by_text("Your saved answer is shown below").wait_for()
    page.get_by_role("link", name="See why").click()
    page.get_by_role("link", name="Go to question 3").click()
    assert page.title().startswith("Question 3 of 5")


def test_when_the_line_is_dead_the_choice_stays_and_the_form_goes_as_it_is(open_page):
    page = open_page(f"{QUIZ}1/")
    page.route("**/quiz/1/", lambda route: route.abort(), times=1)
    fill_in_right(page)
    chosen = page.locator("input:checked").get_attribute("value")
    page.get_by_role("button", name="Check my answer").click()
    page.get_by_text("Your answer may not have arrived").wait_for()
    assert page.locator("input:checked").get_attribute("value") == chosen
    check_answer(page)
    # Without scripts, the redirect goes to the verdict itself.
    assert page.url.endswith("/quiz/answer/1/#feedback")
    assert Answer.objects.get().options == [chosen]


def test_a_link_inside_a_page_does_not_fetch_it_again(documents):
    page, asked = documents(f"{QUIZ}1/")
    answer_right(page)
    fill_in_right(page)
    before = len(asked)
    page.locator("#feedback a[href^='#source-']").first.click()
    page.wait_for_url("**#source-*")
    assert page.locator("input:checked").count() == 1
    assert len(asked) == before

"""What a visitor does, from the front door to the last lesson."""

import pytest

from quizzes.models import Answer, Attempt
from tests.browser.walking import (
    COURSE,
    LESSONS,
    answer_right,
    answer_wrong,
    check_answer,
    fill_in_right,
    tab_to,
    take_quiz,
)


@pytest.mark.parametrize("scripts", [False, True], ids=["scripts off", "scripts on"])
def test_a_visitor_finishes_the_course_and_may_close_the_browser_half_way(
    open_page, scripts
):
    page = open_page("/", scripts=scripts)
    page.get_by_role("link", name="The whole course").click()
    assert page.get_by_role("heading", level=1).is_visible()
    for lesson in LESSONS[:2]:
        page.goto(f"{COURSE}{lesson}/quiz/")
        take_quiz(page)
        page.get_by_text("You have finished this lesson").wait_for()
    page.goto(f"{COURSE}{LESSONS[2]}/quiz/")
    answer_right(page)
    answer_right(page)

    cookies = page.context.cookies()
    page.context.close()
    page = open_page("/", scripts=scripts)
    page.context.add_cookies(cookies)
    page.goto(COURSE)
    page.get_by_text("2 of 5 lessons done").first.wait_for()
    page.get_by_role("link", name="Continue where you left off").click()
    assert "Question 3 of" in page.title()
    take_quiz(page)

    for lesson in LESSONS[3:]:
        page.goto(f"{COURSE}{lesson}/")
        page.locator("a[href$='/quiz/1/']").first.click()
        take_quiz(page)
    page.get_by_text("You have finished every lesson").wait_for()
    page.goto(COURSE)
    page.get_by_text("5 of 5 lessons done").first.wait_for()
    assert Attempt.objects.submitted().count() == 5


@pytest.mark.journey("quizzes")
def test_missed_questions_are_tried_again(open_page):
    page = open_page(f"{COURSE}stem-cell-basics/quiz/")
    answer_wrong(page)
    take_quiz(page)
    page.get_by_text("Worth another look").wait_for()
    page.get_by_role("button", name="Try the missed questions again").click()
    assert "Question 1 of 1" in page.title()
    take_quiz(page)
    page.get_by_text("You have finished this lesson").wait_for()


def test_the_keyboard_alone_takes_a_visitor_through_a_question(open_page):
    page = open_page(f"{COURSE}stem-cell-basics/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to main content"
    page.keyboard.press("Enter")
    tab_to(page, "a[href$='/quiz/1/']", limit=90)
    page.keyboard.press("Enter")
    page.wait_for_url("**/quiz/1/")
    page.keyboard.press("Tab")
    tab_to(page, "input[type=radio]")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    tab_to(page, "button:text-is('Check my answer')")
    page.keyboard.press("Enter")
    page.wait_for_url("**/quiz/answer/1/**")
    assert page.evaluate("document.activeElement.id") == "feedback"
    tab_to(page, "input[type=radio]")
    page.keyboard.press("Space")
    tab_to(page, "button:text-is('Check my answer')")
    page.keyboard.press("Enter")
    page.wait_for_url("**/quiz/answer/2/**")


@pytest.mark.parametrize("scripts", [False, True], ids=["scripts off", "scripts on"])
def test_nothing_chosen_is_said_at_the_top_and_beside_the_question(open_page, scripts):
    page = open_page(f"{COURSE}stem-cell-basics/quiz/", scripts=scripts)
    check_answer(page)
    assert page.title().startswith("Error:")
    assert page.get_by_role("alert").is_visible()
    page.get_by_role("alert").get_by_role("link").click()
    assert page.locator("[id$=choice-1]").is_visible()


@pytest.mark.parametrize("scripts", [False, True], ids=["scripts off", "scripts on"])
def test_steps_are_moved_by_buttons(open_page, scripts):
    page = open_page(f"{COURSE}procedure/quiz/", scripts=scripts)
    while not page.locator("button[data-move]").count():
        answer_right(page)
    second = (
        page.locator(".app-order__item").nth(1).locator(".app-order__text").inner_text()
    )
    page.locator(".app-order__item").nth(1).get_by_role(
        "button", name="Move up"
    ).click()
    first = page.locator(".app-order__item").first
    assert first.locator(".app-order__text").inner_text() == second
    answer_right(page)


def test_the_button_says_saving_and_comes_alive_when_nothing_comes(open_page):
    page = open_page("/healthz")
    page.clock.install()
    page.goto(f"{COURSE}stem-cell-basics/quiz/1/")
    # Once, the answer goes nowhere, as on a line that has gone dead.
    page.route("**/quiz/1/", lambda _route: None, times=1)
    fill_in_right(page)
    page.get_by_role("button", name="Check my answer").click()
    page.get_by_role("button", name="Saving…").click()
    assert page.evaluate(
        "document.querySelector('[data-waiting]').textContent === 'Saving…'"
    )
    page.clock.fast_forward(9_000)
    page.get_by_text("You can press “Check my answer” again").wait_for()
    page.get_by_role("button", name="Check my answer").click()
    page.get_by_text("That is right").wait_for()
    assert Answer.objects.count() == 1


@pytest.mark.journey("progress")
def test_your_progress_can_be_seen_taken_along_and_deleted(open_page):
    page = open_page(f"{COURSE}stem-cell-basics/quiz/")
    answer_right(page)
    page.goto("/progress/")
    page.get_by_text("0 of 5 lessons done").wait_for()
    with page.expect_download() as download:
        page.get_by_role("link", name="Download your data").click()
    assert download.value.suggested_filename == "my-progress.json"
    page.get_by_role("link", name="Delete your data").click()
    page.get_by_role("button", name="Yes, delete my progress").click()
    page.get_by_text("Your progress was deleted").wait_for()
    assert not [c for c in page.context.cookies() if c["name"] == "learner"]

"""“I am answering with someone”, from the quiz and back to it."""

from quizzes.models import Attempt
from tests.browser.accessibility import faults_of
from tests.browser.walking import (
    COURSE,
    answer_right,
    on_phones_and_screens,
    with_and_without_scripts,
)

QUIZ = f"{COURSE}stem-cell-basics/quiz/"


@with_and_without_scripts
@on_phones_and_screens
def test_who_helps_is_said_and_the_quiz_goes_on(open_page, width, scripts):
    page = open_page(QUIZ, width=width, scripts=scripts)
    answer_right(page)
    page.goto(QUIZ)
    page.get_by_role("link", name="Answering with someone?").click()
    assert page.locator("input:checked").count() == 0
    page.get_by_label("interpreter").check()
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert not scripts or not faults_of(page)
    page.get_by_role("button", name="Save").press("Enter")
    page.get_by_text("Question 2 of").wait_for()
    assert Attempt.objects.get().answered_with == "interpreter"

"""The quiz in each engine, with and without scripts."""

import pytest
from selenium.webdriver.common.by import By

from quizzes.models import Question
from tests.browser.walking import COURSE

pytestmark = pytest.mark.sweep


def test_a_reader_reads_a_lesson_and_takes_its_quiz(open_reader, scripts):
    reader = open_reader(f"{COURSE}stem-cell-basics/", scripts=scripts)
    reader.leave_by(reader.one("a[href$='/quiz/']"))
    while reader.all("input[name=question]"):
        answer(reader)
        reader.leave_by(reader.one("main a.nhsuk-button"))
    reader.read("You have finished this lesson")


def answer(reader):
    key = reader.one("input[name=question]").get_attribute("value")
    question = Question.objects.get(translation_key=key)
    for option in question.options:
        if option.value["right"]:
            choice = reader.driver.find_element(
                By.CSS_SELECTOR, f"input[value='{option.id}']"
            )
            choice.click()
    reader.press_button("Continue")
    reader.read("That is right")

"""The quiz in each engine, with and without scripts."""

import pytest
from selenium.webdriver.common.by import By

from quizzes.models import Question
from tests.browser.engines.reading import both_ways
from tests.browser.walking import COURSE

pytestmark = [pytest.mark.sweep, both_ways]


def test_a_reader_reads_a_lesson_and_takes_its_quiz(open_reader):
    reader = open_reader(f"{COURSE}stem-cell-basics/")
    reader.leave_by(reader.one("a[href$='/quiz/1/']"))
    while reader.all("input[name=question]"):
        answer(reader)
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
    reader.press_button("Check my answer")
    reader.read("That is right")

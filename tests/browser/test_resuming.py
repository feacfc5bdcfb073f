"""Carrying on elsewhere with five words, in a second browser."""

from accounts.models import Learner
from quizzes.models import Answer
from tests.browser.accessibility import faults_of
from tests.browser.walking import (
    COURSE,
    answer_right,
    on_phones_and_screens,
    with_and_without_scripts,
)

FIRST = f"{COURSE}stem-cell-basics/quiz/"
SECOND = f"{COURSE}cell-types/quiz/"


def words_of(page):
    """Have words shown on the page of somebody's progress, and return them."""
    page.goto("/progress/")
    page.get_by_role("button", name="Show me five words").click()
    assert page.locator(".app-qr svg").is_visible()
    return page.locator(".app-words li").all_inner_texts()


def carry_on(page, typed):
    page.goto("/progress/")
    page.get_by_role("link", name="I have words from another device").click()
    page.get_by_label("Your five words").fill(typed)
    page.get_by_role("button", name="Carry on").press("Enter")


@with_and_without_scripts
@on_phones_and_screens
def test_two_devices_become_one_and_keep_all_answers(open_page, width, scripts):
    phone = open_page(FIRST, width=width, scripts=scripts)
    answer_right(phone)
    other = open_page(SECOND, width=width, scripts=scripts)
    answer_right(other)
    words = words_of(phone)
    carry_on(other, "none of these opens it")
    other.get_by_text("These words open nothing").first.wait_for()
    misspelt = [word[:-1] + ("x" if word[-1] != "x" else "y") for word in words]
    carry_on(other, "  ".join(misspelt).upper())
    other.get_by_text("Your progress is open here").wait_for()
    assert other.evaluate("document.documentElement.scrollWidth") == width
    assert not scripts or not faults_of(other)
    assert Learner.objects.present().count() == 1
    for device, quiz in ((phone, SECOND), (other, FIRST)):
        device.goto(quiz)
        device.get_by_text("Question 2 of").wait_for()
    assert Answer.objects.count() == 2


@on_phones_and_screens
def test_a_qr_code_of_nobody_is_said(open_page, width):
    page = open_page("/resume/able-about-above-absent-absorb/", width=width)
    page.get_by_role("heading", name="This QR code opens nothing").wait_for()
    assert not faults_of(page)

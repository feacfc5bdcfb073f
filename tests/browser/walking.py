"""How tests walk through the course in a browser."""

import pytest

from quizzes.models import Question

COURSE = "/stem-cell-therapy-for-hair-loss/"
LESSONS = ("stem-cell-basics", "cell-types", "procedure", "risks", "alternatives")

on_phones_and_screens = pytest.mark.parametrize("width", [360, 1280])
with_and_without_scripts = pytest.mark.parametrize(
    "scripts", [True, False], ids=["scripts on", "scripts off"]
)


def question_asked(page):
    """Return the question that the page now asks."""
    key = page.locator("input[name=question]").get_attribute("value")
    return Question.objects.get(translation_key=key)


def fill_in_right(page):
    """Fill in the right answer to the question that the page asks."""
    question = question_asked(page)
    if question.kind == "ordering":
        put_in_order(page, [str(option.id) for option in question.options])
        return
    for option in question.options:
        if option.value["right"]:
            page.locator(f"label:has-text('{_quoted(option.value['text'])}')").check()


def put_in_order(page, ids):
    """Move the steps until they are in the order of these ids."""
    steps = page.locator("form.app-question .app-order__item input")
    for place, id_ in enumerate(ids):
        while steps.evaluate_all("all => all.map(step => step.value)")[place] != id_:
            page.locator(f"button[value='{id_}:up']").click()


def check_answer(page):
    """Send the answer, and wait for the page that says whether it is right."""
    before = page.url
    page.get_by_role("button", name="Check my answer", exact=True).last.click()
    page.wait_for_url(lambda url: url != before)


def go_back(page):
    """Go back, and wait for the page, which is fetched as it stands now."""
    with page.expect_event("load"):
        page.go_back()


def answer_right(page):
    """Answer the question that the page asks, rightly, and go to its feedback."""
    fill_in_right(page)
    check_answer(page)
    page.locator("#feedback").get_by_text("That is right").first.wait_for()


def answer_wrong(page):
    """Say “I'm not sure yet” and go to the feedback."""
    page.get_by_label("I'm not sure yet").check()
    check_answer(page)
    page.locator("#feedback").get_by_text("Not sure yet?").wait_for()


def take_quiz(page):
    """Answer all questions of a quiz rightly, up to its result."""
    while page.locator("input[name=question]").count():
        answer_right(page)


def tab_to(page, selector, limit=60):
    """Press Tab until the element has focus, which must be visible."""
    for _press in range(limit):
        if page.evaluate(
            "s => document.activeElement.matches(s.split(':text')[0])", selector
        ):
            focused = page.evaluate_handle("document.activeElement").as_element()
            if page.locator(selector).evaluate_all(
                "(all, el) => all.includes(el)", focused
            ):
                return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab never came to {selector}.")


def _quoted(text):
    return text.split("'")[0].split("[")[0].strip()

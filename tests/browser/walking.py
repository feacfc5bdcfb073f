"""How tests walk through the course in a browser."""

from quizzes.models import Question

COURSE = "/stem-cell-therapy-for-hair-loss/"
LESSONS = ("stem-cell-basics", "cell-types", "procedure", "risks", "alternatives")


def question_asked(page):
    """Return the question that the page now asks."""
    key = page.locator("input[name=question]").get_attribute("value")
    return Question.objects.get(translation_key=key)


def fill_in_right(page):
    """Fill in the right answer to the question that the page asks."""
    question = question_asked(page)
    if question.kind == "ordering":
        for place, option in enumerate(question.options, start=1):
            page.locator(f"[name$='.place-{option.id}']").fill(str(place))
        return
    for option in question.options:
        if option.value["right"]:
            page.locator(f"label:has-text('{_quoted(option.value['text'])}')").check()


def answer_right(page):
    """Answer the question that the page asks, rightly, and go to its feedback."""
    fill_in_right(page)
    page.get_by_role("button", name="Continue", exact=True).last.click()
    page.get_by_text("That is right").wait_for()


def answer_wrong(page):
    """Say “I'm not sure yet” and go to the feedback."""
    page.get_by_label("I'm not sure yet").check()
    page.get_by_role("button", name="Continue", exact=True).last.click()
    page.get_by_text("Not sure yet?").wait_for()


def go_on(page):
    """Leave the feedback for the next question or for the result."""
    onward = page.get_by_role("link", name="Next question").or_(
        page.get_by_role("link", name="See what you understood")
    )
    with page.expect_navigation():
        onward.click()


def take_quiz(page):
    """Answer all questions of a quiz rightly, up to its result."""
    while page.locator("input[name=question]").count():
        answer_right(page)
        go_on(page)


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

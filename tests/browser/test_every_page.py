"""What holds for every page: accessibility, reflow, targets, weight, privacy."""

import gzip

import pytest

from tests.browser.accessibility import faults_of
from tests.browser.walking import (
    COURSE,
    answer_right,
    answer_wrong,
    fill_in_right,
    go_on,
    take_quiz,
)

LESSON = f"{COURSE}procedure/"


def walk(page):
    """Visit every kind of page, in the states that a visitor sees, naming each."""
    for name, path in {
        "home": "/",
        "course": COURSE,
        "get help now": "/get-help-now/",
        "privacy": "/privacy/",
        "about": "/about-this-course/",
        "accessibility": "/accessibility/",
        "lesson": LESSON,
        "lesson with a wide table": f"{COURSE}alternatives/",
        "check yourself": f"{COURSE}cell-types/?check=missing-comparison&missing-comparison.shown.choice=not-sure",
        "lesson in print": f"{LESSON}print/",
        "course in print": f"{COURSE}print/",
        "not found": "/no-such-page/",
        "progress, empty": "/progress/",
        "question": f"{COURSE}stem-cell-basics/quiz/",
    }.items():
        page.goto(path)
        yield name
    page.get_by_role("button", name="Continue").click()
    yield "error"
    answer_wrong(page)
    yield "feedback, not sure"
    go_on(page)
    answer_right(page)
    yield "feedback, right"
    go_on(page)
    take_quiz(page)
    yield "result"
    page.goto(f"{COURSE}procedure/quiz/")
    while not page.locator("button[data-move]").count():
        answer_right(page)
        go_on(page)
    yield "question of order"
    answer_right(page)
    yield "feedback on order"
    answer_in_two_tabs(page)
    yield "two answers"
    for name, path in {
        "progress": "/progress/",
        "progress, to be deleted": "/progress/delete/",
        "course, begun": COURSE,
    }.items():
        page.goto(path)
        yield name


def answer_in_two_tabs(page):
    """Answer a question that another tab of the same browser has answered."""
    page.goto(f"{COURSE}procedure/quiz/")
    other = page.context.new_page()
    other.goto(page.url)
    answer_wrong(other)
    other.close()
    fill_in_right(page)
    page.get_by_role("button", name="Continue").click()
    page.get_by_role(
        "heading", name="You have already answered this question"
    ).wait_for()


def test_axe_finds_nothing_on_any_page_at_any_width_in_light_and_dark(open_page):
    page = open_page("/")
    found = {name: faults_of(page) for name in walk(page)}
    assert len(found) == 24
    assert not {name: faults for name, faults in found.items() if faults}


TARGETS = (
    ".nhsuk-radios__label, .nhsuk-checkboxes__label, .app-order button, .nhsuk-button"
)
SIZES = """all => all
    .filter(el => el.offsetParent && !el.matches("[aria-hidden]"))
    .map(el => [el.innerText, el.getBoundingClientRect()])
    .filter(([, box]) => box.width < 44 || box.height < 44)
    .map(([text, box]) => `${text}: ${box.width} x ${box.height}`)"""


def test_every_page_fits_a_small_screen_and_a_thumb(open_page):
    page = open_page("/", width=320)
    faults = {}
    for name in walk(page):
        faults[name] = page.locator(TARGETS).evaluate_all(SIZES)
        if page.evaluate("document.documentElement.scrollWidth") > 320:
            faults[name].append("scrolls sideways")
        if page.locator("h1").count() != 1 and name != "course in print":
            faults[name].append("has not one main heading")
        if not page.title():
            faults[name].append("has no title")
    assert len(faults) == 24
    assert not {name: found for name, found in faults.items() if found}


def test_no_page_scrolls_sideways_when_read_from_right_to_left(open_page):
    page = open_page(LESSON, width=360)
    page.evaluate("document.documentElement.dir = 'rtl'")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def weigh(page, path):
    """Open a page and return its requests and their bytes, as if sent with gzip."""
    bodies = []
    # Playwright cannot mark a list's own method as its listener.
    page.on("response", lambda response: bodies.append(response))  # noqa: PLW0108
    page.goto(path, wait_until="networkidle")
    return len(bodies), sum(len(gzip.compress(r.body())) for r in bodies if r.ok)


def test_a_first_visit_weighs_60_kilobytes_and_a_later_page_15(open_page):
    """A print view of the whole course is no page to browse and may weigh more."""
    page = open_page("about:blank")
    requests, weight = weigh(page, LESSON)
    assert requests <= 6
    assert weight <= 60_000, weight
    for path in (COURSE, f"{COURSE}risks/", f"{COURSE}risks/quiz/"):
        html = page.request.get(path).body()
        assert len(gzip.compress(html)) <= 15_000, path


@pytest.mark.journey("course")
def test_reading_leaves_no_cookie_and_answering_leaves_the_documented_ones(open_page):
    page = open_page("/")
    for path in ("/", COURSE, LESSON, f"{LESSON}print/", "/privacy/", "/progress/"):
        page.goto(path)
        assert page.context.cookies() == [], path
    page.goto(f"{COURSE}stem-cell-basics/quiz/")
    answer_right(page)
    cookies = {cookie["name"]: cookie for cookie in page.context.cookies()}
    assert set(cookies) == {"learner", "csrftoken"}
    assert cookies["learner"]["httpOnly"]

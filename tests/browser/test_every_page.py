"""What holds for every page: accessibility, reflow, targets, weight, privacy."""

import re

import brotli
import pytest
from django.conf import settings

from tests.browser.accessibility import faults_of
from tests.browser.test_listening import VOICES
from tests.browser.test_offline import with_a_list
from tests.browser.test_recall import done_before
from tests.browser.walking import (
    COURSE,
    answer_right,
    answer_wrong,
    check_answer,
    fill_in_right,
    take_quiz,
)

LESSON = f"{COURSE}procedure/"
NEXT = re.compile("Next question|Finish")


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
        "options": f"{COURSE}options/",
        "options, compared": f"{COURSE}options/?option=minoxidil&option=stem-cells",
        "options, three": f"{COURSE}options/?option=no-treatment&option=minoxidil"
        "&option=finasteride-tablet",
        "options, with a problem": f"{COURSE}options/?option=minoxidil&option=gone",
        "what matters": f"{COURSE}what-matters/",
        "text and colours": "/reading/",
        "lesson in print": f"{LESSON}print/",
        "course in print": f"{COURSE}print/",
        "not found": "/no-such-page/",
        "progress, empty": "/progress/",
        "question": f"{COURSE}stem-cell-basics/quiz/",
    }.items():
        page.goto(path)
        yield name
    check_answer(page)
    yield "error"
    answer_wrong(page)
    yield "feedback, not sure"
    answer_right(page)
    yield "feedback, right"
    take_quiz(page)
    yield "result"
    page.goto(f"{COURSE}procedure/quiz/")
    while not page.locator("button[data-move]").count():
        answer_right(page)
    yield "question of order"
    answer_right(page)
    yield "feedback on order"
    answer_in_two_tabs(page)
    yield "two answers"
    with_a_list(page)
    for name, path in {
        "progress": "/progress/",
        "progress, to be deleted": "/progress/delete/",
        "answering with someone": f"{COURSE}procedure/quiz/with-someone/",
        "my visit": "/my-visit/",
        "my visit, to print": "/my-visit/sheet/",
        "my visit, for the desk": "/my-visit/show/",
        "my visit, without a network": "/my-visit/offline/",
        "course, begun": COURSE,
    }.items():
        page.goto(path)
        yield name
    done_before()
    page.goto("/progress/look-back/")
    yield "look back"
    look_back_to_its_end(page)
    yield "look back, at its end"


def look_back_to_its_end(page):
    """Answer all questions of a look back, up to the day of the next."""
    while page.get_by_label("I'm not sure yet").count():
        page.get_by_label("I'm not sure yet").check()
        page.get_by_role("button", name="Check my answer").click()
        page.get_by_text("Not sure yet?").first.wait_for()
        page.get_by_role("button", name=NEXT).click()
        page.locator("main:not(:has-text('Not sure yet?'))").wait_for()


def answer_in_two_tabs(page):
    """Answer a question that another tab of the same browser has answered."""
    page.goto(f"{COURSE}procedure/quiz/")
    other = page.context.new_page()
    other.goto(page.url)
    answer_wrong(other)
    other.close()
    fill_in_right(page)
    check_answer(page)
    page.get_by_role(
        "heading", name="You have already answered this question"
    ).wait_for()


def test_axe_finds_nothing_on_any_page_at_any_width_in_light_and_dark(open_page):
    page = open_page("/")
    found = {name: faults_of(page) for name in walk(page)}
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
    assert not {name: found for name, found in faults.items() if found}


# A box that hides what does not fit, and holds more than it shows.
CUT = """all => all
    .filter(el => el.checkVisibility() && el.clientWidth > 1 && el.textContent.trim())
    .filter(el => !["visible", "auto"].includes(getComputedStyle(el).overflowX))
    .filter(el => el.scrollWidth > el.clientWidth + 1)
    .map(el => `cuts ${el.tagName} ${el.className}: ${el.textContent.trim()}`)"""


@pytest.mark.parametrize(
    "change",
    ["style.fontSize = '200%'", "dir = 'rtl'"],
    ids=["text twice as large", "right to left"],
)
def test_no_page_scrolls_sideways_or_cuts_anything(open_page, change):
    """As with text of twice the size, or in a language that is read the other way."""
    page = open_page("/", width=360)
    faults = {}
    for name in walk(page):
        page.evaluate(f"document.documentElement.{change}")
        faults[name] = page.locator("body *").evaluate_all(CUT)
        if page.evaluate("document.documentElement.scrollWidth") > 360:
            faults[name].append("scrolls sideways")
    assert not {name: found for name, found in faults.items() if found}


def weigh(page, path):
    """Open a page and return its requests and their bytes, packed as they are sent."""
    bodies = []
    # Playwright cannot mark a list's own method as its listener.
    page.on("response", lambda response: bodies.append(response))  # noqa: PLW0108
    page.goto(path, wait_until="networkidle")
    return len(bodies), sum(packed(r.url, r.body()) for r in bodies if r.ok)


def packed(url, body):
    """Return the size of a body with Brotli. Fonts are packed already."""
    return len(body) if url.endswith(".woff2") else len(brotli.compress(body))


def test_a_first_visit_weighs_48_kilobytes_and_a_later_page_12(open_page):
    """A print view of the whole course is no page to browse and may weigh more."""
    page = open_page("about:blank")
    requests, weight = weigh(page, f"{COURSE}risks/")
    assert requests <= 6
    assert weight <= 48_000, weight
    for path in ("/", COURSE, LESSON, f"{COURSE}risks/quiz/"):
        html = page.request.get(path).body()
        assert len(brotli.compress(html)) <= 12_000, path


# Everything that a browser keeps for the site beside its cookies.
STORED = """async () => [
    ...(await caches.keys()),
    ...(await indexedDB.databases()).map((each) => each.name),
    ...Object.keys(localStorage),
    ...Object.keys(sessionStorage),
]"""
NAMED = re.compile(r"\*\*([\w.-]+)\*\*")
OF_A_COURSE = re.compile(r"\.[0-9a-f-]{36}$")


def stored(page):
    """Return the names of what the browser keeps, without the ids of courses."""
    return {OF_A_COURSE.sub("", name) for name in page.evaluate(STORED)}


def documented(section):
    """Return the names in a section of the privacy page."""
    words = (settings.BASE_DIR / "home/content/3-privacy.md").read_text()
    return set(NAMED.findall(words.partition(f"## {section}")[2].partition("\n## ")[0]))


def listen_fast(page):
    """Choose how fast a device with a voice reads aloud."""
    page.add_init_script(VOICES % ("en-GB", "true"))
    page.goto(LESSON)
    page.get_by_role("button", name="Listen").first.click()
    page.get_by_label("Speed").first.select_option("Fast")


@pytest.mark.journey("course")
def test_reading_leaves_nothing_and_using_all_leaves_what_is_documented(open_page):
    page = open_page("/")
    for path in ("/", COURSE, LESSON, f"{LESSON}print/", "/privacy/", "/progress/"):
        page.goto(path)
        assert page.context.cookies() == [], path
        assert stored(page) == set(), path
    page.goto("/reading/")
    page.get_by_text("Wide", exact=True).click()
    listen_fast(page)
    page.goto(f"{COURSE}what-matters/")
    page.locator("fieldset label").first.click()
    page.goto("/my-visit/")
    page.get_by_label("My own questions").fill("Who pays?")
    page.goto(f"{COURSE}stem-cell-basics/quiz/")
    answer_right(page)
    page.get_by_text("This course is kept on this phone").wait_for()
    fill_in_right(page)
    cookies = {cookie["name"]: cookie for cookie in page.context.cookies()}
    assert set(cookies) == {"learner", "csrftoken"} <= documented("Cookies")
    assert cookies["learner"]["httpOnly"]
    kept = documented("What stays in your browser") | documented("Kept on your phone")
    assert stored(page) == kept

"""A lesson on a phone: short before anything is unfolded, and folds that open."""

import re

import pytest

from authoring.review.queries.measures import measure_lesson
from course.models import LessonPage
from tests.browser.walking import COURSE, LESSONS, answer_wrong

HEIGHT = "document.fonts.ready.then(() => document.documentElement.scrollHeight)"
INSIDE = f"{COURSE}risks/#harvest"
# Words of tables that stand on more than one line, hyphenated or not.
BROKEN = """() => {
    document.querySelectorAll("details").forEach(one => one.open = true);
    const broken = [];
    for (const cell of document.querySelectorAll("table :is(th, td)")) {
        const nodes = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
        while (nodes.nextNode()) for (const word of nodes.currentNode.data.matchAll(/[^\\s-]+/g)) {
            const range = document.createRange();
            range.setStart(nodes.currentNode, word.index);
            range.setEnd(nodes.currentNode, word.index + word[0].length);
            if (new Set([...range.getClientRects()].map(box => box.top)).size > 1) broken.push(word[0]);
        }
    }
    return broken;
}"""


@pytest.mark.parametrize("slug", LESSONS)
def test_a_lesson_fills_eight_screens_at_most_and_is_estimated_well(open_page, slug):
    page = open_page(f"{COURSE}{slug}/", scripts=False)
    # The scroll bars of phones take no room.
    bar = page.evaluate("innerWidth - document.documentElement.clientWidth")
    page.set_viewport_size({"width": 360 + bar, "height": 740})
    heights = page.evaluate(HEIGHT) / 740

    assert heights <= 8
    estimate = measure_lesson(LessonPage.objects.get(slug=slug)).phone_heights
    assert estimate == pytest.approx(heights, rel=0.1)


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts on", "scripts off"])
def test_a_link_into_a_fold_opens_it(open_page, scripts):
    page = open_page(INSIDE, scripts=scripts)

    assert page.locator("#harvest").is_visible()
    assert page.locator("details[open] #harvest").count() == 1


def test_a_superscript_leads_to_its_source_and_back(open_page):
    page = open_page(f"{COURSE}risks/", scripts=False)
    assert page.locator(".app-sources").is_hidden()

    page.locator(".app-cite a").first.click()
    source = page.locator(page.url[page.url.index("#") :])
    assert source.is_visible()

    source.get_by_text("Back to the text").click()
    assert "#cited-" in page.url


def test_the_course_in_short_is_one_page_without_scripts(open_page):
    page = open_page(f"{COURSE}short/", scripts=False)

    assert page.get_by_role("heading", level=1).inner_text() == "I have five minutes"
    assert page.locator(".app-to-ask li").count() == 10
    assert page.locator(".app-comparison").count() == 1


@pytest.mark.parametrize("slug", LESSONS)
def test_no_word_of_a_table_is_broken_where_there_is_room(open_page, slug):
    page = open_page(f"{COURSE}{slug}/", scripts=False)
    page.set_viewport_size({"width": 1280, "height": 800})

    assert page.evaluate(BROKEN) == []


def test_the_widest_table_stays_on_a_phone_with_text_of_twice_the_size(open_page):
    page = open_page(f"{COURSE}alternatives/", scripts=False)
    page.set_viewport_size({"width": 360, "height": 740})
    page.evaluate("document.documentElement.style.fontSize = '200%'")

    page.evaluate(
        "document.querySelectorAll('details').forEach(one => one.open = true)"
    )

    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_sources_of_a_question_are_folded_and_open_from_the_verdict(open_page):
    page = open_page(f"{COURSE}cell-types/quiz/1/", scripts=False)
    answer_wrong(page)
    assert page.locator(".app-sources").is_hidden()

    page.locator("#feedback .app-cite a").first.click()

    assert page.locator(page.url[page.url.index("#") :]).is_visible()


@pytest.mark.parametrize(
    ("path", "sheets"), [("short/", 1), ("alternatives/print/", 3), ("print/", 14)]
)
def test_print_takes_few_sheets(open_page, path, sheets):
    page = open_page(f"{COURSE}{path}", scripts=False)
    page.evaluate("document.fonts.ready")
    printed = page.pdf(format="A4")

    assert 1 <= len(re.findall(rb"/Type\s*/Page\b", printed)) <= sheets

"""From a lesson to a page for the appointment: chosen, ordered, written, handed on."""

import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from course.models import LessonPage
from tests.browser.accessibility import faults_of
from tests.browser.patience import wait_until_true
from tests.browser.walking import (
    COURSE,
    answer_wrong,
    on_phones_and_screens,
    question_asked,
    take_quiz,
    with_and_without_scripts,
)
from tests.factories import QuestionToAskFactory
from visit.models import ChosenQuestion

LESSON = f"{COURSE}alternatives/"
WORDS = "Can I bring my sister?"
COMPARED = f"{COURSE}options/?option=minoxidil&option=stem-cells"


def wordings():
    rows = ChosenQuestion.objects.order_by("place")
    return list(rows.values_list("wording", flat=True))


def ask_without_scripts(page, words):
    page.goto(LESSON)
    page.locator(".app-to-ask li", has_text=words).get_by_role("link").click()
    page.get_by_role("button", name=f"Ask “{words}”").click()


@pytest.mark.parametrize(
    "width", [pytest.param(360, marks=pytest.mark.journey("visit")), 1280]
)
def test_questions_are_chosen_in_the_lesson_and_put_in_order(open_page, width):
    page = open_page(LESSON, width=width)
    for words in ("Who do I call at night?", "What harm have you seen?"):
        line = page.locator(".app-to-ask li", has_text=words)
        line.get_by_role("link").click()
        line.get_by_text("On your list. See my visit").wait_for()
    assert page.url.endswith(LESSON)
    assert wordings() == ["Who do I call at night?", "What harm have you seen?"]

    line.get_by_role("link").click()
    listed = page.locator(".app-visit > li", has_text="What harm have you seen?")
    listed.get_by_role("button", name="Up").press("Enter")
    page.wait_for_url("**#question-*")
    assert wordings() == ["What harm have you seen?", "Who do I call at night?"]


@on_phones_and_screens
def test_without_scripts_the_form_leads_back_to_the_passage(open_page, width):
    page = open_page(LESSON, width=width, scripts=False)
    ask_without_scripts(page, "Who do I call at night?")
    assert page.url.endswith(f"{LESSON}#to-ask-at-night")
    page.goto("/my-visit/")
    assert page.get_by_text("Who do I call at night?").first.is_visible()
    assert page.get_by_label("My own questions").is_hidden()
    assert page.get_by_text("The printed page has lines").is_visible()
    page.get_by_role("link", name="Print my page").click()
    assert page.get_by_role("heading", level=1).is_visible()


@on_phones_and_screens
@with_and_without_scripts
def test_what_was_missed_is_asked_put_first_and_the_other_struck_out(
    open_page, width, scripts
):
    page = open_page(f"{COURSE}stem-cell-basics/quiz/", width=width, scripts=scripts)
    missed = question_asked(page)
    answer_wrong(page)
    take_quiz(page)
    choose(page, 1)
    assert not missed_part(page).get_by_text("On your list").count()
    missed_part(page).get_by_role("link").click()
    if scripts:
        missed_part(page).get_by_text("On your list. See my visit").click()
    else:
        page.get_by_role("button", name="Ask “").click()
    page.locator(".app-visit > li").nth(1).wait_for()
    press_beside(page, 1, "Up")
    first, second = wordings()
    assert first == missed.stem
    press_beside(page, 1, "Strike out")
    page.locator(".app-visit s").get_by_text(second).wait_for()
    with page.expect_download() as download:
        page.get_by_role("link", name="Save it as a file").click()
    saved = Path(download.value.path()).read_text()
    for path in ("sheet/", "show/"):
        page.goto(f"/my-visit/{path}")
        assert page.get_by_text(first).is_visible()
        assert not page.get_by_text(second).count()
        assert page.evaluate("document.documentElement.scrollWidth") == width
    assert first in saved
    assert second not in saved


def missed_part(page):
    """Return the list of what was missed."""
    return page.locator("h2:has-text('You missed these') ~ ul").first


def press_beside(page, place, name):
    """Press a button beside a question on the list, and wait for the list after it."""
    line = page.locator(".app-visit > li").nth(place)
    with page.expect_navigation():
        line.get_by_role("button", name=name).press("Enter")


@on_phones_and_screens
def test_own_words_stay_in_the_browser(open_page, width):
    page = open_page("/my-visit/", width=width)
    sent = []
    page.on("request", lambda request: sent.append(request.post_data or ""))
    page.get_by_label("My own questions").fill(WORDS)
    page.get_by_text("Kept in this browser.").wait_for()
    assert not page.locator("[data-keep][name]").count()
    page.goto("/my-visit/sheet/")
    page.get_by_text(WORDS).wait_for()
    assert not [text for text in sent if "sister" in text]

    page.goto("/my-visit/")
    page.get_by_role("button", name="Remove what I wrote").click()
    page.reload()
    assert page.get_by_label("My own questions").input_value() == ""


@on_phones_and_screens
def test_two_tabs_keep_what_each_of_them_wrote(open_page, width):
    page = open_page("/my-visit/", width=width)
    other = page.context.new_page()
    other.goto(page.url)
    page.get_by_label("My own questions").fill("From the first tab?")
    field = other.get_by_label("My own questions")
    field.press("Control+End")
    field.press_sequentially("\nFrom the second tab?")
    page.reload()
    kept = page.get_by_label("My own questions").input_value()
    assert kept.split("\n") == ["From the first tab?", "From the second tab?"]


FORBIDDEN = """Object.defineProperty(window, "localStorage",
    {get() { throw new DOMException("denied", "SecurityError"); }})"""
FULL = """Storage.prototype.setItem =
    () => { throw new DOMException("full", "QuotaExceededError"); }"""


@on_phones_and_screens
@pytest.mark.parametrize("fault", [FORBIDDEN, FULL], ids=["forbidden", "full"])
def test_where_nothing_can_be_kept_the_page_says_so(open_page, fault, width):
    page = open_page("/", width=width)
    page.add_init_script(fault)
    page.goto("/my-visit/")
    page.get_by_label("My own questions").fill(WORDS)
    page.get_by_text("This browser does not let us keep").wait_for()
    assert page.get_by_label("My own questions").input_value() == WORDS


@on_phones_and_screens
def test_the_list_is_shared_mailed_and_saved_with_own_words(open_page, width):
    page = open_page(LESSON, width=width)
    page.add_init_script(
        "navigator.share = data => { window.shared = data; return Promise.resolve(); }"
    )
    ask_without_scripts_in(page)
    page.goto("/my-visit/")
    page.get_by_label("My own questions").fill(WORDS)
    assert page.get_by_text("These take along what you wrote").is_visible()
    page.get_by_role("button", name="Share it").click()
    mail = page.get_by_role("link", name="E-mail it to myself")
    # No mail program is to open here.
    page.evaluate(
        "addEventListener('click', each => each.preventDefault(), { once: true })"
    )
    mail.click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Save it as a file").click()
    for text in (
        page.evaluate("window.shared.text"),
        parse_qs(urlsplit(mail.get_attribute("href")).query)["body"][0],
        Path(download.value.path()).read_text(),
    ):
        assert "Who do I call at night?" in text
        assert WORDS in text


def ask_without_scripts_in(page):
    line = page.locator(".app-to-ask li", has_text="Who do I call at night?")
    line.get_by_role("link").click()
    line.get_by_text("On your list").wait_for()


@on_phones_and_screens
def test_another_phone_takes_the_list_over_when_its_owner_says_so(open_page, width):
    page = open_page(LESSON, width=width)
    ask_without_scripts_in(page)
    page.goto("/my-visit/")
    page.get_by_text("Hand it to another phone").click()
    address = page.get_by_role("link", name="The same as a link").get_attribute("href")
    other = open_page("/", scripts=False)
    other.goto(address)
    assert ChosenQuestion.objects.count() == 1
    other.get_by_role("button", name="Add 1 question to my list").click()
    other.get_by_text("Who do I call at night?").first.wait_for()
    assert ChosenQuestion.objects.count() == 2


PAGES = re.compile(rb"/Type\s*/Page\b")


def pages_on_paper(page):
    margins = dict.fromkeys(("top", "bottom", "left", "right"), "10mm")
    return len(PAGES.findall(page.pdf(format="A4", margin=margins)))


def choose(page, number):
    """Choose this many questions of the lesson, and options of the course."""
    page.goto(LESSON)
    page.goto(page.locator(".app-to-ask a[data-ask]").first.get_attribute("href"))
    for box in page.get_by_role("checkbox").all()[: number - 1]:
        box.check(force=True)
    page.get_by_role("button", name="Save and see my visit").click()


def say_what_matters(page):
    page.goto(f"{COURSE}what-matters/")
    for fieldset in page.locator("fieldset").all():
        fieldset.locator("label").first.click()
    page.get_by_label("What else would help me?").fill("A second opinion")
    page.get_by_label("What else would help me?").blur()


@on_phones_and_screens
def test_options_of_interest_are_put_on_the_list(open_page, width):
    page = open_page(
        f"{COMPARED}&option=no-treatment",
        width=width,
    )
    for _option in range(2):
        page.locator("a[data-ask]").first.click()
        page.locator(".app-ask:focus").get_by_text("On your list").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") == width
    page.locator("a[data-ask]").press("Enter")
    page.get_by_text("On your list").nth(2).wait_for()
    page.goto("/my-visit/sheet/")
    line = page.get_by_text("No treatment, Minoxidil on the scalp, Stem cells")
    assert line.is_visible()
    page.goto("/my-visit/show/")
    assert page.get_by_text("I want to talk about this option: Minox").is_visible()


@on_phones_and_screens
def test_without_scripts_an_option_leads_back_to_the_comparison(open_page, width):
    page = open_page(COMPARED, scripts=False, width=width)
    page.locator("a[data-ask]", has_text="Minoxidil").click()
    assert not page.get_by_role("checkbox", checked=True).count()
    page.get_by_role("button", name="Ask “I want to talk about this opt").click()
    assert page.url.endswith(COMPARED)
    assert wordings() == ["Minoxidil on the scalp"]


@on_phones_and_screens
def test_the_sheet_has_what_matters_and_nothing_of_it_is_sent(open_page, width):
    page = open_page("/", width=width)
    sent = []
    page.on("request", lambda each: sent.append(f"{each.url} {each.post_data}"))
    choose(page, 2)
    say_what_matters(page)
    page.goto("/my-visit/")
    page.get_by_label("When is the visit?").fill("2027-06-12")
    page.get_by_role("link", name="Your printed page shows it").click()
    for words in ("It matters a lot to me", "A second opinion", "12 June 2027"):
        assert page.get_by_text(words).first.is_visible()
    assert not page.locator(".app-matters-sheet .app-write-on:visible").count()
    assert pages_on_paper(page) == 1
    assert page.evaluate("document.documentElement.scrollWidth") == width
    words = re.compile("opinion|June|a-lot|matters-")
    assert not [text for text in sent if words.search(text) and "/static/" not in text]


@on_phones_and_screens
def test_a_leaning_towards_an_option_that_is_gone_is_a_line_to_write_on(
    open_page, width
):
    page = open_page("/my-visit/", width=width)
    say_what_matters(page)
    page.locator("[data-part=leaning] [type=radio]").first.check(force=True)
    page.evaluate("""() => { for (const key of Object.keys(localStorage)) {
        const kept = JSON.parse(localStorage.getItem(key));
        localStorage.setItem(key, JSON.stringify({...kept, leaning: "taken-out"}));
    }}""")
    page.goto("/my-visit/sheet/")
    page.get_by_text("A second opinion").wait_for()
    line = page.locator("[data-shown=leaning]")
    assert line.locator(".app-write-on").is_visible()
    assert not line.locator("b:visible").count()


@on_phones_and_screens
def test_without_scripts_what_matters_prints_as_lines_to_write_on(open_page, width):
    page = open_page("/my-visit/sheet/", scripts=False, width=width)
    assert page.locator(".app-matters-sheet .app-write-on:visible").count() == 12
    assert not page.locator(".app-sheet [name]").count()
    assert pages_on_paper(page) == 1


@pytest.mark.parametrize("number", [1, 10, 29])
def test_the_sheet_is_one_page_of_a4(open_page, number):
    lesson = LessonPage.objects.get(slug="alternatives")
    for place in range(number - lesson.questions_to_ask.count()):
        QuestionToAskFactory(lesson=lesson, text=f"What about {place}?")
    page = open_page("/")
    choose(page, number)
    say_what_matters(page)
    page.goto("/my-visit/")
    page.get_by_label("My own questions").fill("One?\nTwo?\nThree?")
    page.get_by_role("link", name="Print my page").click()
    page.get_by_text("Three?").wait_for()
    assert page.locator(".app-sheet__questions > li").count() == number
    assert pages_on_paper(page) == 1


def test_the_poster_is_one_page_with_a_code_to_scan(open_page):
    page = open_page("/poster/", width=1280)
    assert page.locator(".app-qr svg").is_visible()
    assert not faults_of(page)
    assert pages_on_paper(page) == 1


@on_phones_and_screens
@pytest.mark.parametrize("may_copy", [True, False])
def test_a_lesson_and_its_parts_are_shared_by_their_address(open_page, may_copy, width):
    page = open_page("/", width=width)
    page.add_init_script(f"""delete Navigator.prototype.share;
        Object.defineProperty(navigator, "clipboard", {{value: {{writeText: text =>
        {{ window.copied = text; return {"Promise.resolve()" if may_copy else "Promise.reject(new Error())"}; }} }} }})""")
    page.goto(LESSON)
    page.get_by_role("button", name="Share this lesson").click()
    page.get_by_role("button", name="How do I choose?").click()
    said = "Link copied." if may_copy else f"{LESSON}#ask"
    page.locator(".app-share").get_by_role("status").get_by_text(said).wait_for()
    assert page.evaluate("window.copied").endswith(f"{LESSON}#ask")
    page.get_by_role("button", name="Share this lesson").nth(1).click()
    wait_until_true(page, f"window.copied.endsWith('{LESSON}')")


@on_phones_and_screens
def test_a_comparison_is_shared_by_its_address(open_page, width):
    page = open_page("/", width=width)
    page.add_init_script(
        "navigator.share = async ({ url }) => { document.body.dataset.shared = url; }"
    )
    page.goto(COMPARED)
    page.get_by_role("button", name="Share this comparison").click()
    page.locator(f"body[data-shared$='{COMPARED}']").wait_for()


@on_phones_and_screens
def test_without_scripts_nothing_offers_to_share(open_page, width):
    page = open_page(LESSON, scripts=False, width=width)
    assert page.get_by_role("button", name="Share this lesson").is_hidden()


def test_no_page_of_a_visit_has_a_fault_or_raises_one(open_page):
    page = open_page(LESSON)
    raised = []
    page.on("pageerror", lambda error: raised.append(str(error)))
    ask_without_scripts_in(page)
    found = {}
    for path in ("", "sheet/", "show/", "add/?question=x", "take/?list=x"):
        page.goto(f"/my-visit/{path}")
        found[path] = faults_of(page)
    page.goto(LESSON)
    page.goto(page.locator(".app-to-ask a[data-ask]").nth(1).get_attribute("href"))
    found["add"] = faults_of(page)
    assert not raised
    assert not {name: faults for name, faults in found.items() if faults}

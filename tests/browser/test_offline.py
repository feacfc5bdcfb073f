"""Without a network: the course can be read, and answers wait on the phone."""

import re
from urllib.parse import urlsplit

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.actions.learners import erase_learner
from accounts.models import Learner
from course.models import LessonPage
from quizzes.models import Answer, Question
from tests.browser.accessibility import faults_of
from tests.browser.walking import (
    COURSE,
    answer_right,
    answer_wrong,
    fill_in_right,
    on_phones_and_screens,
    question_asked,
)

FIRST = f"{COURSE}stem-cell-basics/quiz/"
SECOND = f"{COURSE}cell-types/quiz/"
WAITS = "Saved on this phone, checked when you are back online"
KEPT = "This course is kept on this phone"


@pytest.fixture
def width():
    return 360


@pytest.fixture
def begun(open_page, width):
    """A page of somebody who has begun the course, which this phone now keeps."""
    page = open_page(FIRST, width=width)
    answer_right(page)
    page.get_by_text(KEPT).wait_for()
    return page


@pytest.fixture
def offline(begun):
    """The same page, with the network cut."""
    begun.context.set_offline(True)
    return begun


def go_online(page):
    page.context.set_offline(False)


def keep_answer(page):
    """Answer the question that the kept page asks. Return the key of the question."""
    key = question_asked(page).translation_key
    fill_in_right(page)
    page.get_by_role("button", name="Save on this phone").click()
    page.get_by_text(WAITS).first.wait_for()
    return key


def answer_without_network(page, path=SECOND):
    page.goto(path)
    page.get_by_role("button", name="Save on this phone").wait_for()
    return keep_answer(page)


def wait_until_checked(page):
    """Wait until the page that lists what is kept lists no answer any more."""
    page.goto("/offline/")
    page.get_by_text("Kept on this phone", exact=True).wait_for()
    page.locator("[data-part=list] [data-part=about]").wait_for(state="detached")


@on_phones_and_screens
def test_a_course_that_was_begun_goes_on_without_a_network(offline):
    offline.goto(f"{COURSE}cell-types/")
    offline.get_by_role("link", name="Start the questions").first.click()
    offline.get_by_text("Question 1 of").wait_for()
    assert not faults_of(offline)
    keys = [keep_answer(offline)]
    offline.get_by_text("Question 2 of").wait_for()
    keys.append(keep_answer(offline))
    offline.goto("/progress/")
    offline.get_by_text("You are offline").wait_for()
    assert not faults_of(offline)
    assert Answer.objects.count() == 1
    go_online(offline)
    offline.get_by_text("Your answers have been checked").wait_for()
    given = Answer.objects.order_by("given_at")[1:]
    assert [answer.question_key for answer in given] == keys
    assert Learner.objects.count() == 1
    offline.get_by_role("link", name="See how you did").click()
    offline.locator("#feedback").wait_for()


def test_what_could_not_be_sent_at_once_is_sent_again(offline):
    """As on a phone whose first requests after a tunnel fail."""
    failed = []

    def fail_at_first(route):
        if len(failed) == 3:
            route.continue_()
        else:
            failed.append(route.request.url)
            route.abort()

    answer_without_network(offline)
    offline.context.route(f"**{reverse('sending_token')}", fail_at_first)
    go_online(offline)
    offline.get_by_text("Your answers have been checked").wait_for()
    assert len(failed) == 3
    assert Answer.objects.count() == 2


def test_no_page_waits_for_ever_for_what_is_sent_before_it(begun):
    """As with a store that does not answer, or an endless line of answers."""
    other = begun.context.new_page()
    other.goto("/healthz")
    other.evaluate(
        "() => { navigator.locks.request('outbox', () => new Promise(() => {})); }"
    )
    begun.goto(f"{COURSE}risks/")
    assert "risk" in begun.get_by_role("heading", level=1).inner_text().lower()


def test_the_question_that_was_open_is_kept_as_well(offline):
    key = question_asked(offline).translation_key
    fill_in_right(offline)
    offline.get_by_role("button", name="Check my answer", exact=True).click()
    offline.get_by_text(WAITS).wait_for()
    offline.get_by_role("link", name="Go on with the quiz").click()
    offline.get_by_text("Question 3 of").wait_for()
    go_online(offline)
    wait_until_checked(offline)
    assert Answer.objects.filter(question_key=key).count() == 1


@on_phones_and_screens
def test_two_tabs_send_each_answer_once_though_the_cookie_changed(offline):
    other = offline.context.new_page()
    answer_without_network(offline)
    other.goto(SECOND)
    other.get_by_text("Question 2 of").wait_for()
    keep_answer(other)
    offline.context.clear_cookies(name="csrftoken")
    go_online(offline)
    other.reload(wait_until="commit")
    wait_until_checked(offline)
    assert Answer.objects.count() == 3


def test_nothing_chosen_is_said_at_once(offline):
    offline.goto(SECOND)
    offline.get_by_role("button", name="Save on this phone").click()
    offline.get_by_text("Answer the question, or choose").wait_for()
    assert offline.locator("[data-notice=unsent]").is_hidden()


def test_steps_are_moved_without_a_network(offline):
    answer_without_network(offline, f"{COURSE}procedure/quiz/")
    steps = offline.locator(".app-order__text")
    while not steps.count():
        keep_answer(offline)
    second = steps.nth(1).inner_text()
    offline.locator("button[data-move][value$=':up']").nth(1).click()
    assert steps.first.inner_text() == second


@on_phones_and_screens
def test_a_course_that_changed_meanwhile_takes_what_was_seen(offline):
    key = answer_without_network(offline)
    Question.objects.filter(translation_key=key).update(stem="In other words?")
    LessonPage.objects.get(slug="cell-types").save_revision().publish()
    go_online(offline)
    wait_until_checked(offline)
    asked = Answer.objects.get(question_key=key).attempt.paper.content
    assert asked.question(str(key)).stem != "In other words?"


@on_phones_and_screens
def test_an_answer_of_another_device_is_shown_next_to_it(offline, open_page):
    answer_without_network(offline)
    other = open_page("/healthz")
    cookies = [c for c in offline.context.cookies() if c["name"] == "learner"]
    other.context.add_cookies(cookies)
    other.goto(SECOND)
    answer_wrong(other)
    go_online(offline)
    offline.goto("/offline/")
    offline.get_by_text("You answered this question on another device").wait_for()
    offline.get_by_role("button", name="Choose which answer to keep").click()
    offline.get_by_text("Both answers are below").wait_for()
    offline.get_by_role("button", name="Use this answer instead").click()
    offline.locator("#feedback").get_by_text("That is right").first.wait_for()
    offline.goto("/offline/")
    offline.get_by_text("Kept on this phone", exact=True).wait_for()
    assert not offline.get_by_text("on another device").count()


@on_phones_and_screens
def test_an_answer_of_a_deleted_record_stays_on_the_phone(offline):
    answer_without_network(offline)
    erase_learner(learner=Learner.objects.get(), at=timezone.now())
    go_online(offline)
    offline.goto("/offline/")
    offline.get_by_text("Your progress was deleted before this answer").wait_for()
    assert not Learner.objects.present().exists()
    offline.get_by_role("button", name="Remove this answer from this phone").click()
    offline.get_by_text("Your progress was deleted").wait_for(state="detached")


@on_phones_and_screens
def test_a_course_that_was_removed_is_kept_again_only_by_wish(begun):
    begun.goto("/offline/")
    begun.get_by_role("button", name="Remove this course from this phone").click()
    begun.get_by_text("Kept on this phone", exact=True).wait_for(state="hidden")
    begun.goto(FIRST)
    wish = begun.get_by_role("button", name="Keep this course on this phone")
    wish.wait_for()
    begun.context.set_offline(True)
    begun.goto(f"{COURSE}risks/")
    begun.get_by_text("You are offline").wait_for()
    go_online(begun)
    begun.goto(FIRST)
    wish.click()
    begun.get_by_text(KEPT).wait_for()


FULL = """() => {
    ServiceWorker.prototype.postMessage = (task, [port]) =>
        port.postMessage({ problem: "QuotaExceededError" });
}"""


@on_phones_and_screens
def test_a_phone_without_room_says_so_and_the_choice_stays(offline):
    offline.goto(SECOND)
    fill_in_right(offline)
    offline.evaluate(FULL)
    offline.get_by_role("button", name="Save on this phone").click()
    offline.get_by_text("This phone has no room left").wait_for()
    assert offline.locator("input:checked").count()


@on_phones_and_screens
def test_a_browser_that_forbids_it_says_so(open_page, width):
    page = open_page("/healthz", width=width)
    page.add_init_script(
        "ServiceWorkerContainer.prototype.register ="
        " () => Promise.reject(new DOMException('', 'SecurityError'))"
    )
    page.goto(FIRST)
    answer_right(page)
    page.get_by_text("This browser keeps nothing").wait_for()


VISIT_QUESTION = "Who do I call at night?"


def with_a_list(page):
    """Have a question on the list, own words beside it, and My visit seen online."""
    page.goto(f"{COURSE}alternatives/")
    line = page.locator(".app-to-ask li", has_text=VISIT_QUESTION)
    line.get_by_role("link").click()
    line.get_by_text("On your list").wait_for()
    page.goto("/my-visit/")
    page.get_by_label("My own questions").fill("Can my godmother come?")
    page.get_by_text("Kept in this browser.").wait_for()
    return page


@on_phones_and_screens
@pytest.mark.parametrize("path", ["", "sheet/", "show/"])
def test_my_visit_is_shown_without_a_network(begun, path):
    page = with_a_list(begun)
    page.context.set_offline(True)
    page.goto(f"/my-visit/{path}")
    assert page.get_by_text(VISIT_QUESTION).is_visible()
    assert (
        page.get_by_label("My own questions").input_value() == "Can my godmother come?"
    )
    assert not faults_of(page)
    kept = page.evaluate(PERSONAL)
    assert not [url for url, text in kept if "godmother" in text]
    visits = [urlsplit(url).path for url, _text in kept if "my-visit" in url]
    assert visits == [f"{code}/my-visit/offline/" for code in ("", "/es", "/ar")]


@on_phones_and_screens
def test_the_short_page_and_the_options_are_kept(offline):
    for path, words in {
        "short/": "five minutes",
        "options/": "Which options do you want",
        "what-matters/": "What matters to me",
    }.items():
        offline.goto(f"{COURSE}{path}")
        assert offline.get_by_text(words).first.is_visible(), path


HEADS = ".app-compare thead th"


@on_phones_and_screens
def test_a_comparison_of_any_options_is_shown_without_a_network(begun, width):
    page = begun
    page.goto(f"{COURSE}options/?option=stem-cells&option=minoxidil")
    seen = {name: page.locator(name).all_inner_texts() for name in (HEADS, "td")}
    online = page.locator(".app-compare").bounding_box()
    page.context.set_offline(True)
    page.goto(f"{COURSE}options/")
    assert page.locator("input:checked").count() == 0
    for name in seen[HEADS]:
        page.get_by_label(name, exact=True).check()
    page.get_by_role("button", name="Compare", exact=True).click()
    page.wait_for_url("**/options/?option=*")
    assert page.locator(HEADS).all_inner_texts() == seen[HEADS]
    cells = page.locator("td").all_inner_texts()
    # Only “Talk about this” is missing, which needs a network.
    assert cells == [text for text in seen["td"] if "Talk about this" not in text]
    assert page.locator("input:checked").count() == 2
    assert page.locator(".app-compare").bounding_box()["width"] == online["width"]
    assert page.evaluate("document.documentElement.scrollWidth") == width
    page.goto(f"{page.url}&option=no-treatment")
    assert page.locator(HEADS).count() == 3
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert not faults_of(page)


@on_phones_and_screens
def test_an_option_that_is_not_kept_is_said_and_the_others_are_compared(offline):
    two = f"{COURSE}options/?option=minoxidil&option=stem-cells"
    for path, heads in {
        f"{two}&option=gone": 2,
        f"{COURSE}options/?option=gone": 0,
    }.items():
        offline.goto(path)
        assert offline.get_by_text("keeps only some of these options").is_visible()
        assert offline.locator(f"{HEADS}:visible").count() == heads


PERSONAL = """async () => {
    const kept = [];
    for (const name of await caches.keys()) {
        const cache = await caches.open(name);
        for (const request of await cache.keys()) {
            kept.push([request.url, await (await cache.match(request)).clone().text()]);
        }
    }
    return kept;
}"""


def test_no_page_of_a_person_is_kept(begun):
    begun.goto("/progress/")
    begun.goto(FIRST)
    for url, text in begun.evaluate(PERSONAL):
        assert 'name="csrfmiddlewaretoken"' not in text, url
        assert not re.search(r"/progress/|/quiz/(?!paper/)", url), url


def test_nothing_is_registered_before_a_course_was_begun(open_page):
    page = open_page(f"{COURSE}stem-cell-basics/")
    page.goto(FIRST)
    page.get_by_role("button", name="Check my answer", exact=True).wait_for()
    count = "async () => (await navigator.serviceWorker.getRegistrations()).length"
    assert page.evaluate(count) == 0


@on_phones_and_screens
def test_the_page_says_what_to_do_with_scripts_off(open_page, width):
    page = open_page("/offline/", scripts=False, width=width)
    text = page.locator("main").inner_text()
    assert "This needs JavaScript" in text
    assert "go where there is a network" in text

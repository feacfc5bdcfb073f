"""A second person at a tablet in a waiting room finds nothing of the first."""

from urllib.parse import urlsplit

import pytest
from django.contrib.auth.hashers import make_password

from home.models import WaitingRoomTablet
from tests.browser.walking import (
    COURSE,
    answer_right,
    go_back,
)

CODE = "quiet corner 7"
QUIZ = f"{COURSE}stem-cell-basics/quiz/"
NOBODY = "no answers from this browser"


@pytest.fixture(params=[360, 1280])
def width(request):
    return request.param


@pytest.fixture(params=[True, False], ids=["scripts on", "scripts off"])
def tablet(request, open_page, width):
    """A tablet that staff have just switched into the mode."""
    page = open_page("/healthz", scripts=request.param, width=width)
    WaitingRoomTablet.objects.create(code_hash=make_password(CODE))
    switch(page)
    return page


def switch(page):
    page.goto("/tablet/")
    page.get_by_label("Code of this site").fill(CODE)
    page.get_by_role("button", name="tablet").click()


def held(page):
    return {cookie["name"] for cookie in page.context.cookies()}


def answer_one(page):
    page.goto(f"{QUIZ}1/")
    answer_right(page)


def finish(page):
    page.get_by_role("link", name="I have finished", exact=True).click()
    page.get_by_role("button", name="I have finished").click()
    page.wait_for_url(is_start_page)


def is_start_page(url):
    return urlsplit(url).path == "/"


def test_the_next_person_finds_nothing_of_the_first(tablet):
    answer_one(tablet)
    tablet.goto("/progress/")
    tablet.get_by_text("Show me five words").wait_for()
    finish(tablet)
    assert held(tablet) == {"tablet"}
    for _page in range(3):
        go_back(tablet)
        assert "Show me five words" not in tablet.content()
        assert "That is right" not in tablet.locator("main").inner_text()
    tablet.goto("/progress/")
    tablet.get_by_text(NOBODY).wait_for()


def test_what_was_learnt_goes_home_with_five_words(tablet, open_page):
    answer_one(tablet)
    tablet.get_by_role("link", name="I have finished", exact=True).click()
    tablet.get_by_role("button", name="Show me five words").click()
    words = tablet.locator(".app-words li").all_inner_texts()
    assert tablet.locator(".app-qr svg").is_visible()
    finish(tablet)
    phone = open_page("/progress/")
    phone.get_by_role("link", name="Carry on with five words").click()
    phone.get_by_label("Your five words").fill(" ".join(words).upper())
    phone.get_by_role("button", name="Carry on").click()
    phone.get_by_text("Your progress is open here").wait_for()


def test_nobody_gets_to_sign_in(tablet):
    for path in ("/account/login/", "/admin/"):
        tablet.goto(path)
        tablet.get_by_text("This tablet is shared, so nobody signs in here").wait_for()


def resting(open_page, width):
    """Return a tablet with an answer on it whose clock the test moves."""
    page = open_page("/healthz", width=width)
    WaitingRoomTablet.objects.create(code_hash=make_password(CODE))
    page.clock.install()
    switch(page)
    answer_one(page)
    page.evaluate("localStorage.setItem('own words', 'private')")
    return page


def test_after_two_minutes_of_rest_it_asks_and_then_forgets(open_page, width):
    page = resting(open_page, width)
    page.clock.run_for(110_000)
    question = page.get_by_role("dialog", name="Are you still here?")
    assert not question.is_visible()
    page.clock.run_for(15_000)
    question.wait_for()
    page.clock.run_for(35_000)
    page.wait_for_url(is_start_page)
    assert held(page) == {"tablet"}
    assert page.evaluate("localStorage.length") == 0


def test_who_is_still_there_goes_on(open_page, width):
    page = resting(open_page, width)
    page.clock.run_for(125_000)
    page.get_by_role("button", name="Yes, I am still here").click()
    page.clock.run_for(100_000)
    assert not page.get_by_role("dialog").is_visible()
    assert "learner" in held(page)

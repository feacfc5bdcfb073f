"""Choosing options, seeing them side by side, and saying what matters, in Chromium."""

import re

import pytest

from course.models import CoursePage
from tests.browser.walking import (
    COURSE,
    on_phones_and_screens,
    with_and_without_scripts,
)

OPTIONS = f"{COURSE}options/"
WHAT_MATTERS = f"{COURSE}what-matters/"
TWO = f"{OPTIONS}?option=minoxidil&option=stem-cells"
THREE = f"{TWO}&option=finasteride-tablet"
IS_WIDE = "document.documentElement.scrollWidth > innerWidth"
KEPT = "() => Object.entries(localStorage)"


@on_phones_and_screens
@with_and_without_scripts
def test_two_options_are_chosen_and_the_address_shows_them_again(
    open_page, width, scripts
):
    page = open_page(OPTIONS, width=width, scripts=scripts)
    assert page.locator("input:checked").count() == 0
    for name in ("Minoxidil on the scalp", "No treatment"):
        page.get_by_label(name, exact=True).check()
    page.get_by_role("button", name="Compare", exact=True).click()

    page.wait_for_url(re.compile(r"option=no-treatment&option=minoxidil$"))
    heads = page.locator(".app-compare thead th")
    assert heads.all_inner_texts() == ["No treatment", "Minoxidil on the scalp"]
    left, right = (heads.nth(place).bounding_box() for place in (0, 1))
    assert left["y"] == right["y"]
    assert not page.evaluate(IS_WIDE)


def test_three_options_fit_a_phone(open_page):
    page = open_page(THREE)
    assert page.locator(".app-compare thead th").count() == 3
    assert not page.evaluate(IS_WIDE)


@on_phones_and_screens
@with_and_without_scripts
def test_one_alone_is_not_compared_and_stays_ticked(open_page, scripts, width):
    page = open_page(f"{OPTIONS}?option=minoxidil", scripts=scripts, width=width)
    assert page.get_by_text("Choose 1 more option to compare.").is_visible()
    assert page.get_by_label("Minoxidil on the scalp", exact=True).is_checked()


@pytest.mark.parametrize("path", [TWO, THREE])
def test_a_comparison_prints_on_one_sheet(open_page, path):
    page = open_page(path, width=1280)
    page.evaluate("document.fonts.ready")
    printed = page.pdf(format="A4")
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 1


@on_phones_and_screens
def test_what_matters_stays_in_the_browser_and_shows_what_fits(open_page, width):
    page = open_page(WHAT_MATTERS, width=width)
    sent = []
    page.on("request", lambda request: sent.append(request.url))
    assert page.get_by_text("Without scripts").is_hidden()
    every_day = page.get_by_role(
        "group", name="I do not want to do something for my hair every day."
    )
    every_day.get_by_label("It matters a lot to me").check()
    every_day.get_by_label("It matters a little").check()
    page.get_by_role("group", name="Which way do I lean now?").get_by_label(
        "No treatment", exact=True
    ).check()
    page.get_by_label("What else would help me?").fill("To sleep on it")
    page.get_by_label("What else would help me?").blur()

    assert page.get_by_role("heading", name="Hair transplant").is_visible()
    assert page.get_by_text("There is nothing to do.").is_visible()
    assert page.get_by_role("heading", name="Clinical trial").is_hidden()
    assert sent == []
    [[key, kept]] = page.evaluate(KEPT)
    course = CoursePage.objects.get()
    assert key == f"anteroom.what-matters.{course.translation_key}"
    assert '"nothing-daily":"a-little"' in kept

    page.reload()
    assert every_day.get_by_label("It matters a little").is_checked()
    assert page.get_by_label("What else would help me?").input_value() == (
        "To sleep on it"
    )
    page.goto(page.url.replace(WHAT_MATTERS, f"{TWO}&option=no-treatment"))
    assert page.get_by_text("There is nothing to do.").is_visible()


@on_phones_and_screens
def test_what_was_kept_can_be_removed(open_page, width):
    page = open_page(WHAT_MATTERS, width=width)
    page.get_by_label("It matters a lot to me").first.check()
    page.get_by_role("button", name="Remove my answers from this device").click()

    assert page.evaluate(KEPT) == []
    assert page.locator("input:checked").count() == 0
    assert page.get_by_text("Your answers were removed").is_visible()


@pytest.mark.parametrize("kept", ["nonsense", '{"values": 3}', "null"])
def test_nonsense_in_the_storage_is_read_as_nothing(open_page, kept):
    page = open_page(WHAT_MATTERS)
    key = f"anteroom.what-matters.{CoursePage.objects.get().translation_key}"
    page.evaluate("([key, kept]) => localStorage.setItem(key, kept)", [key, kept])
    page.reload()
    assert page.locator("input:checked").count() == 0
    page.get_by_label("It matters a lot to me").first.check()
    assert '"values":{"nothing-daily":"a-lot"}' in page.evaluate(KEPT)[0][1]


@on_phones_and_screens
def test_a_browser_that_keeps_nothing_is_said(open_page, width):
    page = open_page(WHAT_MATTERS, width=width)
    page.evaluate(
        "() => { Storage.prototype.setItem = () => { throw new Error('full') } }"
    )
    page.get_by_label("It matters a lot to me").first.check()
    assert page.get_by_text("does not let this page keep").is_visible()


@on_phones_and_screens
def test_without_scripts_there_is_a_page_to_print(open_page, width):
    page = open_page(WHAT_MATTERS, scripts=False, width=width)
    assert page.get_by_text("Without scripts").is_visible()
    assert page.get_by_text("There is nothing to do.").first.is_visible()

"""A list for the visit: asked, put in order, struck out, handed over, gone back from."""

import pytest

from accounts.models import Learner
from tests.browser.engines.reading import both_ways
from tests.browser.walking import COURSE
from visit.models import ChosenQuestion

pytestmark = pytest.mark.sweep
LESSON = f"{COURSE}alternatives/"
NIGHT = "Who do I call at night?"
HARM = "What harm have you seen?"
LINES = ".app-visit > li"
TICKED = "main form input:checked"


@pytest.fixture
def asker(open_reader, scripts):
    """Somebody who has put two questions of a lesson on their list, and looks at it."""
    reader = open_reader(LESSON)
    for words in (NIGHT, HARM):
        ask(reader, words, scripts)
    assert reader.driver.current_url.partition("#")[0].endswith(LESSON)
    reader.go("/my-visit/")
    assert listed(reader) == [NIGHT, HARM]
    return reader


def ask(reader, words, scripts):
    """Press “Ask this” beside a question, and say so on the page without scripts."""
    link = link_beside(reader, words)
    if scripts:
        link.click()
        reader.wait_for(lambda: "On your list" in link.text)
        return
    reader.leave_by(link)
    reader.press_button(f"Ask “{words}”")


def link_beside(reader, words):
    lines = reader.wait_for(lambda: reader.all(".app-to-ask li"))
    (line,) = (each for each in lines if words in each.text)
    return line.find_element("css selector", "a")


def listed(reader):
    """Return the questions as the page lists them."""
    reader.one("main")
    return [words.text for words in reader.all(".app-visit__words")]


def press_beside(reader, words, button):
    """Press the button of this name beside a question on the list."""
    buttons = reader.wait_for(lambda: reader.all(f"{LINES} button"))
    named = f"{button}: {words}"
    found = [each for each in buttons if each.get_property("textContent") == named]
    reader.leave_by(found[0])


def kept():
    rows = ChosenQuestion.objects.order_by("place")
    return [(row.wording, row.is_struck_out) for row in rows]


@both_ways
def test_a_list_is_put_in_order_and_struck_out_and_back_undoes_nothing(asker):
    press_beside(asker, HARM, "Up")
    press_beside(asker, NIGHT, "Strike out")
    assert kept() == [(HARM, False), (NIGHT, True)]
    assert [each.text for each in asker.all(".app-visit s")] == [NIGHT]
    for _page in range(2):
        # WebKit stays on the page: only the part after the “#” differs.
        asker.driver.back()
        asker.wait_for(lambda: listed(asker))
    asker.reload()
    assert listed(asker) == [HARM, NIGHT]
    press_beside(asker, NIGHT, "Ask it after all")
    assert kept() == [(HARM, False), (NIGHT, False)]
    asker.go("/my-visit/sheet/")
    sheet = asker.text
    assert sheet.index(HARM) < sheet.index(NIGHT)


@both_ways
def test_nothing_is_ticked_on_the_way_back_that_was_not_chosen(asker):
    press_beside(asker, NIGHT, "Remove")
    asker.follow("Put it back")
    ticked = [each.get_attribute("value") for each in asker.all(TICKED)]
    assert len(ticked) == 1
    asker.one("main form input[type=checkbox]:not(:checked)").click()
    asker.follow("Back without a change")
    asker.back()
    assert [each.get_attribute("value") for each in asker.all(TICKED)] == ticked
    asker.reload()
    assert [each.get_attribute("value") for each in asker.all(TICKED)] == ticked
    asker.press_button(f"Ask “{NIGHT}”")
    assert [wording for wording, _is_struck_out in kept()] == [HARM, NIGHT]


@both_ways
def test_another_browser_takes_the_list_over_once(asker):
    asker.one(".app-fold:has(.app-qr) > summary").click()
    address = asker.one(".app-fold:has(.app-qr) a").get_attribute("href")
    asker.forget_all()
    asker.go(address)
    asker.press_button("Add 2 questions to my list")
    assert listed(asker) == [NIGHT, HARM]
    asker.back()
    asker.read("2 questions are already on your list.")
    assert Learner.objects.count() == 2
    assert ChosenQuestion.objects.count() == 4


def test_own_words_are_there_again_and_gone_when_removed(open_reader):
    reader = open_reader("/my-visit/")
    field = reader.one("textarea[data-keep=questions]")
    field.send_keys("Can my sister come?")
    reader.read("Kept in this browser.")
    reader.go("/my-visit/sheet/")
    reader.read("Can my sister come?")
    reader.back()
    field = reader.one("textarea[data-keep=questions]")
    reader.wait_for(lambda: field.get_property("value") == "Can my sister come?")
    reader.one("[data-own-remove]").click()
    reader.reload()
    field = reader.one("textarea[data-keep=questions]")
    assert field.get_property("value") == ""
    assert not reader.driver.execute_script("return localStorage.length")


def test_what_matters_is_not_ticked_again_after_it_was_removed(open_reader):
    reader = open_reader(f"{COURSE}what-matters/")
    reader.one("main fieldset label").click()
    reader.wait_for(lambda: reader.driver.execute_script("return localStorage.length"))
    reader.reload()
    reader.wait_for(lambda: reader.all("main input:checked"))
    remove = "//button[contains(., 'Remove my answers')]"
    reader.driver.find_element("xpath", remove).click()
    reader.reload()
    assert not reader.all("main input:checked")

"""“Aa”: text size, spacing, contrast and colours, kept on the device."""

from tests.browser.accessibility import faults_of
from tests.browser.walking import (
    COURSE,
    on_phones_and_screens,
    tab_to,
)

LESSON = f"{COURSE}risks/"
LOOK = "({...document.documentElement.dataset})"
FIRST_SEEN = """new MutationObserver((_changes, watching) => {
    if (!document.body) return;
    window.firstSeen = {...document.documentElement.dataset};
    watching.disconnect();
}).observe(document, {childList: true, subtree: true})"""
ALL = {"textSize": "2", "textSpacing": "1", "contrast": "1", "theme": "dark"}


def open_panel(page):
    page.get_by_role("link", name="Aa Text and colours").click()
    page.get_by_role("dialog", name="Text and colours").wait_for()


def choose_all(page):
    for name in ("Largest", "Wide", "More", "Dark"):
        page.get_by_text(name, exact=True).click()


@on_phones_and_screens
def test_what_is_chosen_is_there_before_the_next_page_is_drawn(open_page, width):
    page = open_page(LESSON, width=width)
    usual = page.locator("h1").evaluate("e => parseFloat(getComputedStyle(e).fontSize)")
    open_panel(page)
    choose_all(page)
    page.get_by_role("button", name="Close").click()
    assert page.evaluate(LOOK) == ALL
    page.context.add_init_script(FIRST_SEEN)
    page.goto(f"{COURSE}alternatives/")
    assert page.evaluate("firstSeen") == ALL
    size = page.locator("h1").evaluate("e => parseFloat(getComputedStyle(e).fontSize)")
    assert size >= usual * 1.2
    ground = page.locator("body").evaluate("e => getComputedStyle(e).backgroundColor")
    assert ground == "rgb(0, 0, 0)"
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_who_chose_light_gets_light_on_a_dark_device(open_page):
    page = open_page(LESSON, scheme="dark")
    open_panel(page)
    page.get_by_text("Light", exact=True).click()
    scheme = page.evaluate("getComputedStyle(document.documentElement).colorScheme")
    assert scheme == "light"
    ground = page.locator("body").evaluate("e => getComputedStyle(e).backgroundColor")
    assert ground == "rgb(250, 247, 240)"


def test_the_panel_is_used_with_the_keyboard_alone(open_page):
    page = open_page(LESSON)
    tab_to(page, "a[data-script]")
    page.keyboard.press("Enter")
    page.get_by_role("dialog").wait_for()
    page.keyboard.press("ArrowRight")
    assert page.evaluate(LOOK)["textSize"] == "1"
    page.keyboard.press("Escape")
    assert page.get_by_role("dialog").count() == 0
    assert page.locator("a[data-script]").evaluate("e => e === document.activeElement")


@on_phones_and_screens
def test_as_usual_leaves_nothing_on_the_device(open_page, width):
    page = open_page("/reading/", width=width)
    choose_all(page)
    assert page.evaluate("Object.keys(localStorage)") == ["anteroom.reading"]
    page.get_by_role("button", name="As usual").click()
    assert page.evaluate("localStorage.length") == 0
    assert set(page.evaluate(LOOK).values()) == {""}


@on_phones_and_screens
def test_where_nothing_may_be_kept_it_holds_for_the_page_and_says_so(open_page, width):
    page = open_page("/healthz", width=width)
    page.add_init_script("""Object.defineProperty(window, "localStorage",
        {get() { throw new DOMException("denied", "SecurityError"); }})""")
    page.goto("/reading/")
    page.get_by_text("Wide", exact=True).click()
    page.get_by_text("so it only holds for this page").wait_for()
    assert page.evaluate(LOOK)["textSpacing"] == "1"


def test_nonsense_in_the_storage_changes_nothing(open_page):
    page = open_page(LESSON)
    for kept in ("{", "null", "7", '"x"', '{"a b": 1}', '{"theme": ["x"]}'):
        page.evaluate("kept => localStorage.setItem('anteroom.reading', kept)", kept)
        page.reload()
        assert page.locator("h1").is_visible()
        page.get_by_role("link", name="Aa Text and colours").wait_for()


@on_phones_and_screens
def test_without_scripts_the_page_says_what_browsers_can_do(open_page, width):
    page = open_page(LESSON, scripts=False, width=width)
    page.get_by_role("link", name="Aa Text and colours").click()
    words = page.locator("main").inner_text()
    assert "Your browser can do much of it by itself" in words
    assert not page.get_by_role("radio").count()


def test_axe_finds_nothing_in_the_panel_or_on_a_page_that_it_changed(open_page):
    page = open_page(LESSON)
    open_panel(page)
    assert not faults_of(page)
    choose_all(page)
    assert not faults_of(page)
    page.goto(f"{COURSE}alternatives/")
    assert not faults_of(page)

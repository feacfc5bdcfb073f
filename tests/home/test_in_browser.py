"""The frame, the sheet and the script in a browser, without server and database."""

import mimetypes

import pytest
from django.template import engines
from django.test import RequestFactory

from home.queries.pages import NavigationItem
from home.rules.stylesheet import SOURCES, build_stylesheet
from tests.browser.accessibility import violations

pytestmark = pytest.mark.browser

STATIC = SOURCES.parent / "static"
SITE = "http://anteroom.test"
PAGE = """
{% extends "base.html" %}
{% block title %}A page{% endblock %}
{% block breadcrumbs %}
    {% include "components/breadcrumbs.html" with items=navigation only %}
{% endblock %}
{% block content %}
    {% if errors %}{% include "components/error_summary.html" with errors=errors only %}{% endif %}
    <h1>Whichunusuallylongwordsareonthepage?</h1>
    {% include "components/progress_bar.html" with label="1 of 3" done=1 total=3 only %}
    {% include "components/notice.html" with kind="caution" title="Take care" text="A" only %}
    {% include "components/notice.html" with kind="good" title="Well done" text="A" only %}
    <form method="post" action="/sent">
        <fieldset class="nhsuk-fieldset app-question">
            <legend class="nhsuk-fieldset__legend">Which?</legend>
            <div class="nhsuk-radios">
                {% for name in "ab" %}
                    <div class="nhsuk-radios__item">
                        <input class="nhsuk-radios__input" type="radio" name="choice" value="{{ name }}" id="choice-{{ name }}">
                        <label class="nhsuk-label nhsuk-radios__label" for="choice-{{ name }}">Answer {{ name }}</label>
                    </div>
                {% endfor %}
            </div>
        </fieldset>
        <button class="nhsuk-button">Continue</button>
    </form>
    {% include "components/button_link.html" with href="/" text="Home" secondary=True only %}
{% endblock %}
"""
NAVIGATION = [
    NavigationItem("Get help now", "/help/", is_help=True),
    NavigationItem("Privacy", "/privacy/", is_help=False),
]
ERRORS = [{"href": "#choice-a", "text": "Choose one answer"}]


@pytest.fixture(scope="session")
def sheet(tmp_path_factory):
    return build_stylesheet(tmp_path_factory.mktemp("build"))


@pytest.fixture
def page(browser):
    with browser.new_context() as context:
        yield context.new_page()


@pytest.fixture
def posts():
    return []


@pytest.fixture
def show(page, sheet, posts, monkeypatch):
    """Show a template in the browser; nothing but our own files can be asked for."""
    monkeypatch.setattr(
        "home.queries.pages.navigation_items", lambda request: NAVIGATION
    )

    def show(source=PAGE, **context):
        request = RequestFactory().get("/")
        html = engines["django"].from_string(source).render(context, request)

        def answer(route):
            path = route.request.url.removeprefix(SITE)
            if route.request.method == "POST":
                posts.append(path)
                route.fulfill(status=204)  # the page stays, as on a slow line
            elif path.startswith("/static/"):
                name = path.removeprefix("/static/")
                file = sheet if name.startswith("css/") else STATIC / name
                kind = mimetypes.guess_type(file.name)[0]
                route.fulfill(body=file.read_bytes(), content_type=kind)
            else:
                route.fulfill(body=html, content_type="text/html; charset=utf-8")

        page.route("**/*", answer)
        page.goto(f"{SITE}/")
        return page

    return show


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("errors", [[], ERRORS], ids=["plain", "with errors"])
def test_axe_finds_nothing(show, page, scheme, width, errors):
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 800})
    show(errors=errors)

    assert not violations(page, scheme=scheme)


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_at_400_per_cent_nothing_scrolls_sideways(show, page, direction):
    page.set_viewport_size({"width": 320, "height": 256})
    show(errors=ERRORS)
    page.evaluate("dir => document.documentElement.dir = dir", direction)

    assert page.evaluate("document.documentElement.scrollWidth") == 320


def test_the_whole_row_of_an_answer_can_be_tapped(show, page):
    page.set_viewport_size({"width": 360, "height": 800})
    show()
    row = page.locator(".nhsuk-radios__item").last
    box = row.bounding_box()

    page.mouse.click(box["x"] + box["width"] - 4, box["y"] + box["height"] - 4)

    assert box["height"] >= 44
    assert page.locator("#choice-b").is_checked()


MARKED = """
{% extends "base.html" %}
{% block content %}
    <p id="plain">10 and H<br>x<br>CO</p>
    <p id="marked">10<sup>9</sup> and H<sub>2</sub><br>x<sup>2</sup><br>CO<sub>2</sub></p>
{% endblock %}
"""


def test_raised_and_lowered_letters_do_not_push_lines_apart(show, page):
    show(MARKED)
    plain, marked = (
        page.locator(f"#{each}").bounding_box() for each in ("plain", "marked")
    )
    assert plain["height"] == marked["height"]


def test_dark_is_dark(show, page):
    page.emulate_media(color_scheme="dark")
    show()

    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")

    assert ground == "rgb(13, 25, 24)"


def test_errors_get_focus_when_the_page_opens(show, page):
    show(errors=ERRORS)

    assert page.evaluate("document.activeElement.className") == "nhsuk-error-summary"


def test_what_is_marked_gets_focus_when_the_page_opens(show, page):
    show(
        '{% extends "base.html" %}{% block content %}<h1 data-focus>A</h1>{% endblock %}'
    )

    assert page.evaluate("document.activeElement.tagName") == "H1"


@pytest.mark.journey("home")
def test_the_first_stop_of_the_keyboard_leads_to_the_content(show, page):
    show()

    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    assert page.evaluate("document.activeElement.id") == "main"


# What browsers do where their user allows no cookies.
NO_STORAGE = """
Object.defineProperty(window, "sessionStorage", {
    get() { throw new DOMException("No", "SecurityError"); }
});
"""


@pytest.mark.parametrize("script", ["", NO_STORAGE], ids=["usual", "no storage"])
def test_a_form_pressed_twice_is_sent_once(show, page, posts, script):
    page.add_init_script(script)
    show()

    for _press in range(2):
        page.locator("button").click()
        page.wait_for_timeout(100)

    assert posts == ["/sent"]

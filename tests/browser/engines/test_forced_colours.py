"""Nothing vanishes and nothing lies where the reader's system sets the colours."""

import io

import pytest
from PIL import Image

from tests.browser.engines.launching import STARTS
from tests.browser.walking import COURSE

# WebKit forces no colours.
pytestmark = [
    pytest.mark.sweep,
    pytest.mark.parametrize("engine", ["chromium", "firefox"], indirect=True),
]
# Always the reader's own colours, and those of somebody who reads at night.
NIGHT_IN_FIREFOX = {
    "browser.display.document_color_use": 2,
    "browser.display.background_color": "#000000",
    "browser.display.foreground_color": "#ffffff",
}
NIGHT_IN_CHROMIUM = {
    "features": [
        {"name": "forced-colors", "value": "active"},
        {"name": "prefers-color-scheme", "value": "dark"},
    ]
}
# What is drawn, and the property that paints it, must differ from what is behind it.
DRAWN = {
    ".app-mark__wall": "fill",
    ".app-icon-array__counted": "fill",
    ".app-icon-array__others": "stroke",
}
COLOUR_OF = """
const [css, property, pseudo] = arguments;
return getComputedStyle(document.querySelector(css), pseudo)[property];
"""


@pytest.fixture(scope="module")
def driver(engine):
    wishes = {"preferences": NIGHT_IN_FIREFOX} if engine == "firefox" else {}
    driver = STARTS[engine](scripts=True, **wishes)
    yield driver
    driver.quit()


@pytest.fixture
def reader(open_reader, engine):
    reader = open_reader()
    if engine == "chromium":
        reader.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", NIGHT_IN_CHROMIUM)
    active = "return matchMedia('(forced-colors: active)').matches"
    assert reader.driver.execute_script(active)
    return reader


def colour(reader, css, name, pseudo=None):
    return reader.driver.execute_script(COLOUR_OF, css, name, pseudo)


def filled_share(reader):
    """Return how much of the bar is painted otherwise than the page behind it."""
    bar = Image.open(io.BytesIO(reader.one(".app-progress__bar").screenshot_as_png))
    pixels = bar.convert("RGB")
    middle = [pixels.getpixel((x, bar.height // 2)) for x in range(4, bar.width - 4)]
    canvas = colour(reader, "body", "backgroundColor")
    return sum(f"rgb{pixel}" != canvas for pixel in middle) / len(middle)


def test_a_progress_bar_shows_how_much_is_done(reader):
    reader.go(f"{COURSE}stem-cell-basics/quiz/1/")
    reader.all("form.app-question label")[-1].click()
    reader.press_button("Check my answer")
    reader.go("/progress/")
    reader.driver.execute_script("document.querySelector('progress').max = 4")
    for done in (0, 1, 2, 4):
        reader.driver.execute_script(
            "document.querySelector('progress').value = arguments[0]", done
        )
        assert filled_share(reader) == pytest.approx(done / 4, abs=0.05)


def test_what_is_drawn_can_be_told_from_what_is_behind_it(reader):
    reader.go(f"{COURSE}stem-cell-basics/")
    canvas = colour(reader, "body", "backgroundColor")
    assert canvas == "rgb(0, 0, 0)"
    for css, name in DRAWN.items():
        assert colour(reader, css, name) == "rgb(255, 255, 255)"
    assert colour(reader, ".app-steps > li", "borderTopStyle", "::before") == "solid"
    drawing = colour(reader, ".app-drawing", "backgroundColor")
    assert drawing != colour(reader, ".app-drawing [font-size]", "fill")


def test_a_sign_can_be_told_from_its_disc(reader):
    reader.go(f"{COURSE}stem-cell-basics/quiz/1/")
    reader.all("form.app-question label")[-1].click()
    reader.press_button("Check my answer")
    sign, disc = ".app-icon__sign", ".app-icon__disc"
    assert colour(reader, sign, "stroke") == "rgb(0, 0, 0)"
    assert colour(reader, disc, "fill") == "rgb(255, 255, 255)"

"""The picture of README.md."""

import io

from PIL import Image

from tests.browser.walking import COURSE
from tests.pictures.conftest import IMAGES

LESSON = f"{COURSE}stem-cell-basics/"


def picture_lesson(open_page):
    """Four screens of a phone, side by side."""
    page = open_page(COURSE)
    screens = [page.screenshot()]
    page.goto(LESSON)
    page.locator("main figure").first.scroll_into_view_if_needed()
    screens.append(page.screenshot())
    page.goto(f"{LESSON}quiz/1/")
    screens.append(page.screenshot())
    page.locator("main input[type=radio]").first.check()
    page.locator("main form button").last.click()
    page.get_by_text("Right answer").first.wait_for()
    screens.append(page.screenshot())
    beside(screens).save(IMAGES / "lesson.png")


def beside(screens, gap=16):
    """Return one picture of them all, in a row."""
    images = [Image.open(io.BytesIO(screen)) for screen in screens]
    wide, high = images[0].size
    whole = Image.new(
        "RGB", (len(images) * (wide + gap) + gap, high + 2 * gap), "#dfe9e7"
    )
    for place, image in enumerate(images):
        whole.paste(image, (gap + place * (wide + gap), gap))
    return whole

"""Authors make lists inside lists with a button, as well as with Tab."""

import json

import pytest

from course.models import LessonPage
from tests.browser.test_pasting import SENT


@pytest.fixture
def area(admin):
    """The first rich text of a lesson, at the end of a new list of two items."""
    lesson = LessonPage.objects.get(slug="cell-types")
    admin.goto(f"/admin/pages/{lesson.pk}/edit/")
    area = admin.locator(
        "#tab-lesson [data-draftail-editor] [contenteditable=true]"
    ).first
    area.click()
    admin.keyboard.press("Control+End")
    admin.keyboard.press("Enter")
    admin.keyboard.type("- First")
    admin.keyboard.press("Enter")
    admin.keyboard.type("Second")
    # The buttons stand beside what is selected.
    admin.keyboard.press("Shift+Home")
    return area


def depths(area):
    area.page.wait_for_timeout(600)  # Draftail writes its field a moment later.
    *_before, first, second = json.loads(area.evaluate(SENT))["blocks"]
    assert (first["text"], second["text"]) == ("First", "Second")
    return first["depth"], second["depth"]


def test_an_item_moves_into_a_sub_list_and_out_again(area):
    area.page.get_by_role("button", name="Move into a sub-list").click()
    assert depths(area) == (0, 1)
    area.page.get_by_role("button", name="Move out of the sub-list").click()
    assert depths(area) == (0, 0)


def test_text_that_is_in_no_list_has_no_such_buttons(area):
    button = area.page.get_by_role("button", name="Move into a sub-list")
    button.wait_for()
    area.page.keyboard.press("Control+Home")
    area.page.keyboard.press("Shift+End")
    button.wait_for(state="detached")

"""The editor's Checks panel, which reads the preview of the page."""

import re

import pytest
from playwright.sync_api import expect

from course.models import CoursePage, LessonPage
from home.models import InformationPage
from tests.browser.patience import PATIENCE
from tests.browser.writing import open_new_lesson

NUMBER = re.compile(r"^\s*\d+\s*$")


def open_checks(admin):
    admin.get_by_role("button", name="Toggle checks").click()
    return admin.locator("[data-side-panel=checks]")


def wait_for_number(panel, name, number=NUMBER):
    found = panel.locator(f"[data-content-{name}]").first
    expect(found).to_have_text(number, timeout=PATIENCE)
    return int(found.inner_text())


@pytest.mark.parametrize("model", [LessonPage, CoursePage, InformationPage])
def test_the_panel_counts_words_and_finds_nothing_wrong_with_its_markup(admin, model):
    admin.goto(f"/admin/pages/{model.objects.live().first().pk}/edit/")
    panel = open_checks(admin)
    assert wait_for_number(panel, "word-count") > 100
    wait_for_number(panel, "checker-count")
    found = panel.locator("[data-content-checker-selector-text]").all_inner_texts()
    assert [place for place in found if "data-lesson-finding" not in place] == []


def test_the_panel_says_what_our_rules_find_until_it_is_fixed(admin, site):
    lesson = LessonPage.objects.live().first()
    lesson.main_message = ""
    lesson.search_description = "What stem cells are."
    lesson.save_revision(clean=False)
    admin.goto(f"/admin/pages/{lesson.pk}/edit/")
    panel = open_checks(admin)
    expect(panel).to_contain_text("The main message is missing.", timeout=PATIENCE)
    admin.locator("#id_main_message").fill("One thing to remember.")
    expect(panel).not_to_contain_text("The main message is missing.", timeout=PATIENCE)


def test_the_panel_says_that_a_change_broke_a_rule(admin, site):
    lesson = LessonPage.objects.live().first()
    admin.goto(f"/admin/pages/{lesson.pk}/edit/")
    panel = open_checks(admin)
    wait_for_number(panel, "checker-count")
    admin.locator("#id_main_message").fill(" ")
    expect(panel).to_contain_text(
        "Your changes break one of the rules", timeout=PATIENCE
    )


def test_the_panel_counts_no_issues_before_anything_was_checked(admin):
    open_new_lesson(admin)
    panel = open_checks(admin)
    assert panel.locator("[data-content-checker-count]").inner_text() == "\N{EN DASH}"


def test_readers_get_nothing_of_it(open_page):
    lesson = LessonPage.objects.live().first()
    page = open_page(lesson.url)
    assert not page.locator("wagtail-userbar, [data-lesson-finding]").count()

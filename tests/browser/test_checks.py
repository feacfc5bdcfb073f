"""The editor's Checks panel, which reads the preview of the page."""

import re

import pytest
from playwright.sync_api import expect

from course.models import CoursePage, LessonPage
from home.models import InformationPage
from tests.browser.conftest import PATIENCE
from tests.browser.writing import open_new_lesson, sign_in

NUMBER = re.compile(r"^\s*\d+\s*$")


@pytest.fixture
def editor(open_page, site):
    page = open_page("/healthz", width=1280)
    sign_in(page, site)
    return page


def open_checks(editor):
    editor.get_by_role("button", name="Toggle checks").click()
    return editor.locator("[data-side-panel=checks]")


def wait_for_number(panel, name, number=NUMBER):
    found = panel.locator(f"[data-content-{name}]").first
    expect(found).to_have_text(number, timeout=PATIENCE)
    return int(found.inner_text())


@pytest.mark.parametrize("model", [LessonPage, CoursePage, InformationPage])
def test_the_panel_counts_words_and_finds_nothing_wrong_with_its_markup(editor, model):
    editor.goto(f"/admin/pages/{model.objects.live().first().pk}/edit/")
    panel = open_checks(editor)
    assert wait_for_number(panel, "word-count") > 100
    wait_for_number(panel, "checker-count")
    found = panel.locator("[data-content-checker-selector-text]").all_inner_texts()
    assert [place for place in found if "data-lesson-finding" not in place] == []


def test_the_panel_says_what_our_rules_find_until_it_is_fixed(editor, site):
    lesson = LessonPage.objects.live().first()
    lesson.main_message = ""
    lesson.search_description = "What stem cells are."
    lesson.save_revision(clean=False)
    editor.goto(f"/admin/pages/{lesson.pk}/edit/")
    panel = open_checks(editor)
    expect(panel).to_contain_text("The main message is missing.", timeout=PATIENCE)
    editor.locator("#id_main_message").fill("One thing to remember.")
    expect(panel).not_to_contain_text("The main message is missing.", timeout=PATIENCE)


def test_the_panel_says_that_a_change_broke_a_rule(editor, site):
    lesson = LessonPage.objects.live().first()
    editor.goto(f"/admin/pages/{lesson.pk}/edit/")
    panel = open_checks(editor)
    wait_for_number(panel, "checker-count")
    editor.locator("#id_main_message").fill(" ")
    expect(panel).to_contain_text(
        "Your changes break one of the rules", timeout=PATIENCE
    )


def test_the_panel_counts_no_issues_before_anything_was_checked(editor):
    open_new_lesson(editor)
    panel = open_checks(editor)
    assert panel.locator("[data-content-checker-count]").inner_text() == "\N{EN DASH}"


def test_readers_get_nothing_of_it(open_page):
    lesson = LessonPage.objects.live().first()
    page = open_page(lesson.url)
    assert not page.locator("wagtail-userbar, [data-lesson-finding]").count()

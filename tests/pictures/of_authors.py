"""Pictures of docs/authors.md, docs/importing.md and docs/editing-what-was-answered.md."""

import pytest
from django.urls import reverse

from course.models import CoursePage, LessonPage
from tests.browser.test_import import ARTICLE, give
from tests.browser.test_regrade import a_learner, first_options
from tests.browser.writing import hand_in, open_tab, save_draft
from tests.factories import a_course
from tests.roles import a_person


@pytest.fixture
def editor(open_as, site):
    """The editor of a lesson, as its author sees it."""
    lesson = LessonPage.objects.get(slug="cell-types")
    page = open_as(a_person("Author"), f"/admin/pages/{lesson.pk}/edit/")
    page.get_by_role("tab", name="Quiz").wait_for()
    return page


def picture_author_lesson(take, editor):
    take(editor)


def picture_author_blocks(take, editor):
    body = editor.locator("[data-contentpath='body']").first
    body.get_by_role("button", name="Insert a block").first.click()
    editor.locator("input[role=combobox]").last.fill("Out of")
    editor.get_by_role("option", name="Out of 100 people").first.hover()
    take(editor)


def picture_author_faq(take, editor):
    open_tab(editor, "FAQ")
    take(editor)


def picture_author_quiz(take, editor):
    open_tab(editor, "Quiz")
    take(editor)


def picture_author_outline(take, open_as, site):
    course = CoursePage.objects.get()
    path = reverse("course_outline", args=[course.pk])
    take(open_as(a_person("Administrator"), path))


def picture_author_preview(take, editor):
    open_tab(editor, "Quiz")
    editor.get_by_role("button", name="Toggle preview").first.click()
    editor.get_by_label("Preview mode").select_option("quiz")
    editor.frame_locator("#w-preview-iframe").locator("fieldset").first.wait_for()
    take(editor)


def picture_author_fix(take, editor):
    open_tab(editor, "Quiz")
    editor.get_by_role("button", name="Expand all questions").click()
    editor.locator("#id_questions-0-sources").fill("")
    editor.locator("#id_questions-1-answered_in").fill("#nowhere")
    hand_in(editor)
    take(editor)


def picture_import_plan(take, open_as, site):
    page = open_as(a_person("Author"), "/admin/", height=1000)
    give(page, ARTICLE)
    take(page)


def picture_regrade_panel(take, open_as, open_page, course):
    lesson = (
        a_course(lessons=1, questions=5, title="Another course").get_children().get()
    )
    LessonPage.objects.exclude(pk=lesson.pk).delete()
    for knows in (False, True, True):
        a_learner(open_page, knows_the_first=knows)
    page = open_as(a_person("Administrator"), f"/admin/pages/{lesson.pk}/edit/")
    right, wrong, _options = first_options()
    open_tab(page, "Quiz")
    page.get_by_role("button", name="Expand all questions").click()
    page.locator(f"[name=questions-0-options-{right}-value-right]").uncheck(force=True)
    page.locator(f"[name=questions-0-options-{wrong}-value-right]").check(force=True)
    save_draft(page)
    open_tab(page, "Review")
    take_panel = page.locator("[data-regrade-panel]")
    take_panel.scroll_into_view_if_needed()
    take(page)

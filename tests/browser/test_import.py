"""From a file to lessons and questions in the browser, without a shell."""

import pytest

from course.models import CoursePage, LessonPage
from tests.browser.accessibility import violations
from tests.browser.writing import (
    REVIEW,
    TEXTS,
    fill_in,
    open_tab,
    publish,
    sign_in,
)

ARTICLE = """About Widgets

Widgets come from the widget works. They sit in fat tissue.

Recipes From Home

Stir the soup well before you eat it.

FAQ

Q: What is a widget?
A: A widget is a small part. Nobody needs one.
"""


def give(page, text):
    page.goto("/admin/articles/new/")
    file = {"name": "widgets.txt", "mimeType": "text/plain", "buffer": text.encode()}
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_label("Five lessons about one treatment").check()
    with page.expect_navigation():
        page.get_by_role("button", name="Read the article").click()


def turn_recipes_into_a_question_and_back(page):
    """Use the keyboard alone."""
    for kind, back in (("question", "section"), ("section", "question")):
        button = page.get_by_role("button", name=f"Make “Recipes From Home” a {kind}")
        button.focus()
        with page.expect_navigation():
            page.keyboard.press("Enter")
        page.get_by_role("button", name=f"Make “Recipes From Home” a {back}").wait_for()


def make_drafts(page):
    page.get_by_label("Lesson for “Recipes From Home”").select_option("set-aside")
    with page.expect_navigation():
        page.get_by_role("button", name="Make the draft pages").click()


def see_it_live(page):
    publish(page)
    page.locator(".messages").get_by_text("has been published").wait_for()


def finish_course(page, course):
    page.goto(f"/admin/pages/{course.pk}/edit/")
    fill_in(page, {"summary": "What widgets are."})
    open_tab(page, "Sources and glossary")
    page.locator("#id_sources-ADD").press("Enter")
    fill_in(page, {"sources-0-handle": "S1", "sources-0-title": "A trial"})
    open_tab(page, "Review")
    fill_in(page, REVIEW)
    see_it_live(page)


def check_question(page):
    open_tab(page, "Quiz")
    page.locator("#id_questions-0-review_status").select_option("")
    page.locator("#id_questions-0-sources").fill("S1")
    reasons = page.locator("[name^='questions-0-options-'][name$='-feedback']")
    for place in range(reasons.count()):
        reasons.nth(place).fill("This is why.")


GIFT = b"What is a widget for?{=Nobody knows.#So it is. ~For soup.#It is not.}"


@pytest.mark.journey("authoring.questions")
def test_a_file_of_questions_is_added_to_a_draft(open_page, site):
    page = open_page("/healthz", width=1280)
    sign_in(page, site)
    lesson = LessonPage.objects.get(slug="procedure")
    page.goto(f"/admin/lessons/{lesson.pk}/questions/import/")
    file = {"name": "widgets.gift", "mimeType": "text/plain", "buffer": GIFT}
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="Preview the import").click()
    page.get_by_text("What is a widget for?").first.wait_for()
    assert violations(page, context=".article-plan__buttons") == []
    page.get_by_role("button", name="Add 1 question to the draft").click()
    page.get_by_text("1 question was added to the draft").wait_for()
    lesson.refresh_from_db()
    draft = lesson.get_latest_revision_as_object()
    stem = "What is a widget for?"
    assert [each.stem for each in draft.questions.all()].count(stem) == 1
    assert not lesson.questions.filter(stem=stem).exists()


@pytest.mark.journey("authoring.articles")
def test_an_article_becomes_drafts_by_keyboard(open_page, site):
    page = open_page("/healthz", width=1280)
    sign_in(page, site)
    give(page, ARTICLE)
    assert violations(page, context=".article-plan") == []
    turn_recipes_into_a_question_and_back(page)
    make_drafts(page)
    course = CoursePage.objects.get(title="About Widgets")
    assert not course.live
    lesson = LessonPage.objects.descendant_of(course).get()
    assert lesson.questions.get().stem == "What is a widget?"


def test_an_article_becomes_a_published_lesson(open_page, site):
    page = open_page("/healthz", width=1280)
    sign_in(page, site)
    give(page, ARTICLE)
    make_drafts(page)
    course = CoursePage.objects.get(title="About Widgets")
    finish_course(page, course)

    lesson = LessonPage.objects.descendant_of(course).get()
    page.goto(f"/admin/pages/{lesson.pk}/edit/")
    fill_in(page, TEXTS)
    open_tab(page, "Review")
    fill_in(page, REVIEW)
    publish(page)
    refusal = "Question 1 (“What is a widget?”): check the right answer"
    page.get_by_text(refusal).first.wait_for()
    check_question(page)
    see_it_live(page)

    page.goto(f"{LessonPage.objects.get(pk=lesson.pk).url}quiz/")
    page.get_by_role("heading", name="What is a widget?").wait_for()

"""The lesson editor in a browser: from nothing to a live lesson, by keys as well."""

import json

import pytest

from course.models import LessonPage
from tests.browser.accessibility import violations
from tests.browser.patience import wait_until_true
from tests.browser.writing import (
    add_question,
    hand_in,
    open_new_lesson,
    open_tab,
    save_draft,
    sign,
    sign_in,
    write_lesson,
)
from tests.roles import a_person

ONE_RIGHT = [("This", True, "It is so."), ("That", False, "It is not so.")]
STEPS = [("First", False, ""), ("Second", False, "")]
QUESTIONS = [
    ("single_choice", "Which is it?", ONE_RIGHT),
    ("multiple_response", "Which are they?", ONE_RIGHT),
    ("true_false", "Is it true?", ONE_RIGHT),
    ("ordering", "In what order?", STEPS),
    ("single_choice", "Which is it again?", ONE_RIGHT),
]


@pytest.fixture
def editor(admin):
    open_new_lesson(admin)
    return admin


def children(page):
    return page.locator("#id_questions-FORMS > [data-inline-panel-child]")


def lesson():
    return LessonPage.objects.filter(title="A lesson from nothing").get()


@pytest.fixture
def admin_of(open_page, site):
    """Return a function that opens a browser in which somebody is signed in."""

    def open_admin(person):
        page = open_page("/healthz", width=1280)
        sign_in(page, site, person)
        return page

    return open_admin


def write_questions(page):
    open_tab(page, "Quiz")
    for number, (kind, stem, options) in enumerate(QUESTIONS):
        add_question(page, number, kind, stem, options)


def test_an_author_writes_a_lesson_from_nothing_and_a_reviewer_publishes_it(admin_of):
    author = admin_of(a_person("Author"))
    open_new_lesson(author)
    write_lesson(author)
    write_questions(author)
    hand_in(author)
    message = (
        "Question 4 (“In what order?”): explain in “Feedback” why this is the order."
    )
    author.get_by_text(message).first.wait_for()
    open_tab(author, "Quiz")
    author.locator("#id_questions-3-feedback").fill("One comes first.")
    hand_in(author)
    author.get_by_text("has been submitted for moderation").wait_for()
    assert not lesson().live

    reviewer = admin_of(a_person("Reviewer"))
    reviewer.goto(f"/admin/pages/{lesson().pk}/edit/")
    sign(reviewer, "Dr Ada Example", "dermatologist")
    assert lesson().live
    stems = [question.stem for question in lesson().questions.all()]
    assert stems == [stem for _kind, stem, _options in QUESTIONS]
    reviewer.goto(lesson().url)
    assert "Dr Ada Example, dermatologist" in reviewer.locator("main").inner_text()
    reviewer.goto(f"{lesson().url}quiz/")
    reviewer.get_by_role("heading", name="Which is it?").wait_for()


def open_existing(page):
    pk = LessonPage.objects.get(slug="risks").pk
    page.goto(f"/admin/pages/{pk}/edit/#tab-quiz")
    page.get_by_role("button", name="Expand all questions").wait_for()


def test_questions_fold_with_a_line_each_and_move_by_keys_alone(editor):
    open_existing(editor)
    toggle = children(editor).nth(2).locator("[data-panel-toggle]").first
    assert toggle.get_attribute("aria-expanded") == "false"
    line = children(editor).nth(2).locator("[data-question-summary]")
    assert line.inner_text().startswith(
        "Single choice · critical · Rosa asks three US clinics"
    )
    toggle.focus()
    editor.keyboard.press("Enter")
    assert toggle.get_attribute("aria-expanded") == "true"
    moved = line.inner_text()
    children(editor).nth(2).locator("[data-inline-panel-child-move-up]").focus()
    editor.keyboard.press("Enter")
    wait_until_true(
        editor,
        "text => document.querySelectorAll('#id_questions-FORMS > "
        "[data-inline-panel-child] [data-question-summary]')[1].innerText === text",
        moved,
    )
    editor.get_by_role("button", name="Collapse all questions", exact=True).focus()
    editor.keyboard.press("Enter")
    for child in children(editor).all():
        toggle = child.locator("[data-panel-toggle]").first
        assert toggle.get_attribute("aria-expanded") == "false"


def test_the_line_follows_what_is_typed(editor):
    open_existing(editor)
    editor.get_by_role("button", name="Expand all questions").click()
    editor.locator("#id_questions-0-stem").fill("What is typed?")
    line = children(editor).first.locator("[data-question-summary]")
    assert line.inner_text() == "Single choice · critical · What is typed?"


def drafted():
    """Return the text of each question of the draft, and all else about them."""
    lesson = LessonPage.objects.get(slug="risks")
    draft = lesson.get_latest_revision().content["questions"]
    for one in draft:
        one["options"] = json.loads(one["options"])
    return [one.pop("stem") for one in draft], draft


POSTED = """() => [...new FormData(document.querySelector("[data-edit-form]")).keys()]
    .filter(name => name.startsWith("questions-1-"))"""
HEAD = {f"questions-1-{name}" for name in ("id", "translation_key", "ORDER", "DELETE")}


def test_a_question_is_built_when_it_is_opened_and_saved_when_it_was_changed(editor):
    LessonPage.objects.get(slug="risks").save_revision()
    stems, others = drafted()
    open_existing(editor)
    field = editor.locator("#id_questions-1-stem")
    assert not field.count()
    children(editor).nth(1).locator("[data-panel-toggle]").first.press("Enter")
    assert field.input_value() == stems[1]
    for place, option in enumerate(others[1]["options"]):
        text = editor.locator(f"#questions-1-options-{place}-value-text")
        assert text.input_value() == option["value"]["text"]
    field.focus()
    assert {*editor.evaluate(POSTED)} == HEAD | {"questions-1-folded"}
    field.fill("Changed?")
    posted = {*editor.evaluate(POSTED)}
    assert posted > HEAD | {"questions-1-stem", "questions-1-options-0-value-text"}
    assert "questions-1-folded" not in posted
    save_draft(editor)
    assert drafted() == ([stems[0], "Changed?", *stems[2:]], others)


def test_axe_finds_nothing_on_the_quiz_tab(editor):
    open_existing(editor)
    for name in ("Collapse all questions", "Expand all questions"):
        editor.get_by_role("button", name=name, exact=True).click()
        ours = ".app-question-bar, .app-question-state, [data-question-summary]"
        assert not violations(editor, context=[[part] for part in ours.split(", ")])

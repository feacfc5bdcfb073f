"""A lesson on its way: handed in, sent back, signed off, and changed afterwards."""

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import Comment

from course.models import LessonPage
from tests.browser.accessibility import violations
from tests.browser.writing import (
    LISTED,
    choose_action,
    hand_in,
    sign,
)
from tests.factories import a_course
from tests.roles import a_person, make_roles

WORDS = "Ask who made the cells before you pay."


@pytest.fixture
def site(live_server):
    """The address of a site with a course of one lesson and its roles."""
    a_course(lessons=1)
    make_roles()
    return live_server.url


@pytest.fixture
def lesson(site):
    return LessonPage.objects.get()


@pytest.fixture
def edit(open_page, lesson):
    """Return a function that opens the lesson's editor as somebody."""

    def open_editor(person):
        client = Client()
        client.force_login(person)
        page = open_page("about:blank", width=1280)
        name, cookie = "sessionid", client.cookies["sessionid"].value
        address = {"name": name, "value": cookie, "domain": "localhost", "path": "/"}
        page.context.add_cookies([address])
        page.goto(f"/admin/pages/{lesson.pk}/edit/")
        return page

    return open_editor


def hand_in_with(page, words):
    page.locator("#id_main_message").fill(words)
    hand_in(page)
    page.get_by_text("has been submitted for moderation").wait_for()


def read(open_page):
    page = open_page(LessonPage.objects.get().url, width=1280)
    page.get_by_text("How this page was made").last.click()
    return page, page.locator("main").inner_text()


def test_a_lesson_is_signed_off_by_name_and_a_later_change_is_told(edit, open_page):
    hand_in_with(edit(a_person("Author")), WORDS)
    _page, before = read(open_page)
    assert WORDS not in before
    assert "Not yet clinically reviewed" in before

    sign(edit(a_person("Reviewer")), "Dr Ada Example", "consultant dermatologist")
    _page, signed = read(open_page)
    today = timezone.localdate()
    assert WORDS in signed
    assert "Not yet clinically reviewed" not in signed
    day = f"{today.day} {today:%B %Y}"
    assert f"Dr Ada Example, consultant dermatologist, {day}" in signed

    editor = edit(a_person("Administrator"))
    editor.locator("#id_main_message").fill("Stem cells cure baldness.")
    choose_action(editor, "Publish")
    editor.wait_for_url(LISTED)
    _page, changed = read(open_page)
    assert "Changed since the clinical review" in changed
    assert f"Changed since review: {day}" in changed
    assert "Dr Ada Example" in changed


@pytest.mark.journey("authoring.review")
def test_a_name_and_a_role_are_needed_to_sign_off(edit, lesson):
    hand_in_with(edit(a_person("Author")), WORDS)
    page = edit(a_person("Reviewer"))
    choose_action(page, "Sign off and Publish")
    dialog = page.locator(".modal")
    dialog.get_by_label("Your name").fill("Dr Ada Example")
    dialog.get_by_role("button", name="Sign off").click()
    dialog.get_by_text("Enter your role.").wait_for()
    lesson.refresh_from_db()
    assert lesson.workflow_in_progress


def test_a_comment_on_the_start_page_leads_to_itself_in_the_editor(edit, lesson):
    remark = {"text": "Who says so?", "contentpath": "main_message"}
    Comment.objects.create(page=lesson, user=a_person("Reviewer"), **remark)
    page = edit(a_person("Author"))
    page.goto("/admin/")
    waiting = page.get_by_role("region", name="What to write")
    assert violations(page, context="[aria-labelledby=your-pages]") == []
    waiting.get_by_role("link", name="Who says so?").click()
    page.locator(".comment--focused", has_text="Who says so?").wait_for()


def test_a_lesson_is_sent_back_with_comments_for_its_author(edit, open_page, lesson):
    author = a_person("Author")
    hand_in_with(edit(author), "Guaranteed to work.")
    page = edit(a_person("Reviewer"))
    choose_action(page, "Send back with comments")
    page.get_by_label("What should change?").fill("Nothing is guaranteed.")
    page.locator(".modal").get_by_role("button", name="Send back").click()
    page.wait_for_url(LISTED)

    _page, public = read(open_page)
    assert "Guaranteed" not in public
    mine = edit(author)
    state = lesson.workflow_states.get()
    mine.goto(f"/admin/pages/{lesson.pk}/workflow_history/detail/{state.pk}/")
    assert mine.get_by_text("Nothing is guaranteed.").first.is_visible()


def test_what_somebody_saved_meanwhile_is_not_written_over_by_autosave(edit, lesson):
    """After the editor asked, only a press on Save puts one's own in its place."""
    lesson.save_revision()
    page = edit(a_person("Administrator"))
    newer = LessonPage.objects.get().get_latest_revision_as_object()
    newer.main_message = "Theirs [S1]."
    newer.save_revision(user=a_person("Author"))
    page.locator("#id_main_message").evaluate("field => { field.value = 'Mine [S1].' }")
    page.evaluate("document.querySelector('#page-edit-form').submit()")
    page.get_by_text("Your changes have not been saved").wait_for()
    page.locator("#id_main_message").fill("Mine, once more [S1].")
    page.wait_for_timeout(4_000)
    draft = LessonPage.objects.get().get_latest_revision_as_object()
    assert draft.main_message == "Theirs [S1]."
    with page.expect_navigation():
        page.get_by_role("button", name="Save draft").click()
    draft = LessonPage.objects.get().get_latest_revision_as_object()
    assert draft.main_message == "Mine, once more [S1]."

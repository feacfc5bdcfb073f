"""What an author does in the editor, in each engine."""

import io
import re
import time
from contextlib import redirect_stdout

import pytest
from django.core.cache import cache
from django.core.management import call_command
from selenium.common.exceptions import WebDriverException
from wagtail.models import Revision

from course.models import LessonPage
from tests.authoring.articles.opening import kept_of
from tests.browser.writing import AUTOSAVE_BEGINS, IS_WATCHED, NOT_SAVING
from tests.factories import UserFactory
from tests.signing_in import PASSWORD, with_password

pytestmark = pytest.mark.sweep

PASSAGES = "[data-draftail-editor] [contenteditable=true]"
TYPED = "Typed."
QUESTIONS = """
::cooled:: How are the cells cooled?[markdown] {
=Slowly, over 90 minutes#A slow rate keeps 10<sup>6</sup> cells whole.
~At once#Ice forms in the cells.
}

::true:: Thawed cells are all alive. {FALSE#Some are lost.#Yes, some are lost.}
"""
DIGITS = re.compile(r"^\d+$")


@pytest.fixture(autouse=True)
def no_bad_tries_yet():
    cache.clear()


@pytest.fixture
def lesson(secure_site):
    return LessonPage.objects.get(slug="cell-types")


@pytest.fixture
def author(open_reader):
    """Somebody who signed in to the admin by its own door."""
    user = with_password(UserFactory(administrator=True, email="anna@example.org"))
    reader = open_reader("/admin/", width=1280)
    reader.one("main [name=login]").send_keys(user.email)
    reader.one("main [name=password]").send_keys(PASSWORD)
    reader.press_button("Sign in")
    assert reader.driver.current_url.endswith("/admin/")
    return reader


def open_lesson(reader, lesson):
    reader.go(f"/admin/pages/{lesson.pk}/edit/")
    reader.one(PASSAGES)
    reader.wait_for(lambda: reader.driver.execute_script(f"return ({IS_WATCHED})()"))


def type_into(reader, passage, words):
    # First the focus, by itself: Firefox's driver is quicker than the text editor.
    reader.driver.execute_script("arguments[0].focus()", passage)
    reader.wait_for(lambda: reader.driver.switch_to.active_element == passage)
    passage.send_keys(words)


def toggle_panel(reader, name):
    reader.one(f"[data-side-panel-toggle={name}]").click()


def preview_says(reader, words):
    """Return whether the preview now says it; a newer one may just take its place."""
    reader.driver.switch_to.default_content()
    try:
        reader.driver.switch_to.frame(reader.all("#w-preview-iframe")[0])
        said = reader.text
    except WebDriverException:
        said = ""
    reader.driver.switch_to.default_content()
    return words in said


def count_in(reader, name):
    """Wait for a number in the panel of checks, and return it."""
    place = f"[data-side-panel=checks] [data-content-{name}]"
    return int(reader.wait_for(lambda: DIGITS.search(reader.one(place).text))[0])


def let_autosave_rest(reader):
    """Wait until no autosave is under way, which a save would run into."""
    time.sleep(AUTOSAVE_BEGINS / 1000)
    reader.wait_for(lambda: reader.driver.execute_script(f"return ({NOT_SAVING})()"))


def save_draft(reader):
    let_autosave_rest(reader)
    before = reader.one("html")
    button = "//footer//button[contains(normalize-space(), 'Save draft')]"
    reader.driver.find_element("xpath", button).click()
    reader.wait_for_another(before)
    reader.read("has been updated")


def test_a_passage_is_edited_kept_by_itself_previewed_and_checked(author, lesson):
    before = Revision.objects.count()
    open_lesson(author, lesson)
    toggle_panel(author, "preview")
    author.wait_for(lambda: preview_says(author, lesson.main_message.split(" [")[0]))
    type_into(author, author.all(PASSAGES)[0], TYPED)
    author.wait_for(lambda: TYPED in str(kept_of(lesson)))
    assert Revision.objects.count() == before + 1
    author.wait_for(lambda: preview_says(author, TYPED))
    toggle_panel(author, "checks")
    assert count_in(author, "word-count") > 100
    count_in(author, "checker-count")
    save_draft(author)
    assert TYPED in str(kept_of(lesson))


@pytest.fixture
def imported(lesson, tmp_path):
    """A lesson whose draft holds questions that came in a file."""
    file = tmp_path / "questions.gift"
    file.write_text(QUESTIONS)
    with redirect_stdout(io.StringIO()):
        call_command("import_questions", str(file), lesson.slug)
    return lesson


def test_questions_from_a_file_are_opened_left_and_saved_unchanged(
    open_reader, client, imported
):
    client.force_login(UserFactory(administrator=True))
    author = open_reader("/healthz", width=1280)
    author.take_session(client)
    before, newest = kept_of(imported), Revision.objects.count()
    open_lesson(author, imported)
    let_autosave_rest(author)
    author.go("/admin/")
    assert Revision.objects.count() == newest
    open_lesson(author, imported)
    save_draft(author)
    assert kept_of(imported) == before

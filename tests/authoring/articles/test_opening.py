"""Whatever is brought in opens in the editor and is saved there as it stands."""

from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils import timezone
from hypothesis import given, settings
from wagtail.models import Site

from authoring.articles.actions.importing import (
    change_plan,
    keep_article,
    make_pages,
)
from authoring.articles.actions.lesson_content import html_of
from authoring.articles.readers.reading import read_article
from authoring.articles.rules.outline import BY_HEADING
from authoring.packs.rules.rich_text import markdown_to_html
from authoring.packs.writers.markdown import html_to_markdown
from course.blocks.draftail import normal_form
from course.models import LessonPage
from tests.authoring.articles.opening import opens, saved, with_every_part_placed
from tests.authoring.packs import small_pack
from tests.course.test_draftail import MARKUP
from tests.properties import fewer_examples

CASES = sorted((Path(__file__).parent / "cases").iterdir())


HEADED = "<h1>A title</h1><h2>A part</h2><p>Text.</p>"


@pytest.mark.sweep
@pytest.mark.django_db
@pytest.mark.parametrize("file", CASES, ids=lambda file: file.name)
def test_a_draft_made_of_an_article_opens_and_is_saved_unchanged(admin_client, file):
    article = keep_article(
        data=file.read_bytes(),
        filename=file.name,
        outline_name=BY_HEADING,
        user=None,
        at=timezone.now(),
    )
    change_plan(article=article, plan=with_every_part_placed(article))
    home = Site.objects.get(is_default_site=True).root_page
    make_pages(article=article, parent=home, user=None, at=timezone.now())
    lessons = LessonPage.objects.all()
    assert lessons
    assert all(opens(admin_client, lesson) for lesson in lessons)


@pytest.mark.django_db
def test_lessons_of_a_pack_open_and_are_saved_unchanged(admin_client, tmp_path, capsys):
    call_command("load_course", str(small_pack.write(tmp_path)))
    assert all(opens(admin_client, lesson) for lesson in LessonPage.objects.all())


def check(markup):
    """Read markup as an article, and go through what its lessons would hold."""
    document = read_article(f"{HEADED}{markup}".encode(), "a.html")
    for part in document.sections:
        stored = html_of(list(part.blocks))
        assert saved(stored) == stored
        assert normal_form(markdown_to_html(html_to_markdown(stored))) == stored


@pytest.mark.parametrize(
    "html",
    [
        "<p>6<b>(x)</b>6</p>",
        "<p>à<b>+é</b>b</p>",
        "<p><b>a<i>b</i>c</b>d<i>[e]</i>f</p>",
        "<p>a<b>b<i>“c”</i></b>d</p>",
    ],
)
def test_marks_inside_a_word_come_back_from_the_markdown_of_a_pack(html):
    assert markdown_to_html(html_to_markdown(html)) == html


@fewer_examples(0.4)
@given(MARKUP)
def test_any_markup_is_stored_as_the_editor_stores_it(markup):
    check(markup)


@pytest.mark.sweep
@settings(deadline=None, max_examples=1500)
@given(MARKUP)
def test_any_markup_is_stored_as_the_editor_stores_it_at_length(markup):
    check(markup)

"""Opening a page in the editor changes nothing, and saving what was imported neither."""

from pathlib import Path

from django.utils import timezone
from wagtail.models import Revision, Site

from authoring.articles.actions.importing import (
    change_plan,
    keep_article,
    make_pages,
)
from authoring.articles.rules.outline import BY_HEADING
from course.models import CoursePage, LessonPage
from tests.authoring.articles.opening import kept_of, with_every_part_placed
from tests.browser.writing import let_autosave_rest, wait_until_watched

CASES = Path(__file__).parents[1] / "authoring" / "articles" / "cases"


def open_lesson(page, lesson):
    page.goto(f"/admin/pages/{lesson.pk}/edit/")
    page.locator("[data-draftail-editor]").first.wait_for(state="attached")
    wait_until_watched(page)
    let_autosave_rest(page)


def save_draft(page):
    page.get_by_role("button", name="Save draft").first.click()
    page.locator(".messages").get_by_text("has been").first.wait_for()


def test_each_lesson_is_opened_and_left_without_a_new_revision(admin):
    before = Revision.objects.count()
    for lesson in [CoursePage.objects.get(), *LessonPage.objects.all()]:
        open_lesson(admin, lesson)
    admin.goto("/admin/")
    assert Revision.objects.count() == before


def test_an_article_that_was_imported_is_saved_as_it_was_read(admin):
    file = CASES / "units-and-struck-doses.html"
    article = keep_article(
        data=file.read_bytes(),
        filename=file.name,
        outline_name=BY_HEADING,
        user=None,
        at=timezone.now(),
    )
    change_plan(article=article, plan=with_every_part_placed(article))
    home = Site.objects.get(is_default_site=True).root_page
    known = set(LessonPage.objects.values_list("pk", flat=True))
    make_pages(article=article, parent=home, user=None, at=timezone.now())
    for lesson in LessonPage.objects.exclude(pk__in=known):
        saved_unchanged(admin, lesson)


def saved_unchanged(page, lesson):
    before = kept_of(lesson)
    open_lesson(page, lesson)
    save_draft(page)
    assert kept_of(lesson) == before

"""A new page is saved with nothing but a title, and knows what its course says of itself."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone, translation
from wagtail.fields import StreamField
from wagtail.models import Page

from course.models import CoursePage, LessonPage
from course.models.pages import FROM_ABOVE
from home.models import HomePage, InformationPage
from tests.editor_form import fields_shown
from tests.factories import UserFactory, a_course, lessons_of
from tests.signing_in import sign_in, with_password

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client):
    sign_in(client, with_password(UserFactory(administrator=True)))
    return client


def address_of(kind, parent):
    return (
        f"/admin/pages/add/{kind._meta.app_label}/{kind._meta.model_name}/{parent.pk}/"
    )


def save_draft(editor, kind, parent):
    address = address_of(kind, parent)
    shown = dict(fields_shown(editor.get(address)))
    # A script of Wagtail's counts the blocks of a body.
    bodies = [f for f in kind._meta.get_fields() if isinstance(f, StreamField)]
    counts = {f"{field.name}-count": "0" for field in bodies}
    sent = shown | counts | {"title": "Something new", "slug": "something-new"}
    return editor.post(address, sent), shown


@pytest.mark.parametrize("kind", [LessonPage, CoursePage, InformationPage])
def test_a_draft_needs_nothing_but_a_title(editor, course, kind):
    parent = course if kind is LessonPage else HomePage.objects.get()

    answer, _shown = save_draft(editor, kind, parent)

    assert answer.status_code == 302, answer.context["form"].errors
    draft = Page.objects.get(slug="something-new")
    assert not draft.live


def test_a_lesson_takes_from_its_course_who_made_it_and_when_it_was_checked(
    editor, course
):
    CoursePage.objects.filter(pk=course.pk).update(
        funded_by="A charity", audience="Adults", next_check=dt.date(2029, 1, 2)
    )

    save_draft(editor, LessonPage, course)

    lesson = LessonPage.objects.get(slug="something-new")
    course.refresh_from_db()
    assert (lesson.funded_by, lesson.audience) == ("A charity", "Adults")
    assert [getattr(lesson, each) for each in FROM_ABOVE] == [
        getattr(course, each) for each in FROM_ABOVE
    ]
    assert not lesson.clinically_reviewed_by


def test_what_is_below_no_course_was_checked_today(editor, course):
    save_draft(editor, CoursePage, HomePage.objects.get())

    begun = CoursePage.objects.get(slug="something-new")
    assert begun.last_checked == timezone.localdate() < begun.next_check


def test_the_explorer_lists_lessons_as_they_are_taught(editor):
    course = a_course(lessons=3, questions=0)
    first, *others = lessons_of(course)
    first.save_revision()

    page = editor.get(f"/admin/pages/{course.pk}/")

    listed = [each.pk for each in page.context["pages"]]
    assert listed == [each.pk for each in (first, *others)]


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("slug", ["progress", "my-visit", "account", "es", "ar"])
@pytest.mark.parametrize("kind", [CoursePage, InformationPage])
def test_no_page_takes_the_address_of_another_view(kind, slug, language):
    with translation.override(language), pytest.raises(ValidationError) as refused:
        kind(title="Mine", slug=slug).clean()
    assert list(refused.value.message_dict) == ["slug"]


@pytest.mark.parametrize("kind", [CoursePage, InformationPage])
def test_a_page_takes_any_other_address(kind):
    for slug in ("stem-cells", "espalda", "خلايا", "progress-2"):
        kind(title="Mine", slug=slug).clean()

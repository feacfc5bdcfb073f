"""What a course and a lesson answer at their addresses."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from tests.factories import LessonPageFactory, UserFactory, a_lesson, lessons_of
from tests.quizzes.editing import lesson_form, question_fields

pytestmark = pytest.mark.django_db


def test_a_lesson_is_kept_apart_for_each_learner_by_caches(client, lesson):
    assert "Cookie" in client.get(lesson.url).headers["Vary"]


@pytest.mark.parametrize("which", ["course", "lesson"])
def test_a_page_can_be_printed_whole(client, which, course, lesson):
    page = {"course": course, "lesson": lesson}[which]
    response = client.get(page.print_url())
    assert response.status_code == 200
    assert "First part" in response.text
    assert "/quiz/" not in response.text


@pytest.mark.parametrize("deed", ["print/", "quiz/", "read/", "nothing/"])
def test_nothing_lies_below_a_lesson_that_is_not_live(client, lesson, deed):
    lesson.unpublish()
    assert client.get(lesson.url + deed).status_code == 404


def test_a_course_that_is_not_live_is_not_printed(client, course):
    course.unpublish()
    assert client.get(course.url + "print/").status_code == 404


def test_a_lesson_cannot_take_the_address_of_the_print_view(lesson):
    lesson.slug = "print"
    with pytest.raises(ValidationError, match="Choose a different slug"):
        lesson.full_clean()


def test_lessons_lead_to_the_one_before_and_the_one_after(client, course):
    first, second, third = [*lessons_of(course), a_lesson(course)]
    page = client.get(second.url).text
    assert f'href="{first.url}"' in page
    assert f'href="{third.url}"' in page


def test_a_lesson_nobody_reviewed_says_so(client, lesson):
    assert "not yet clinically reviewed" in client.get(lesson.url).text.lower()
    lesson.clinically_reviewed_by = "Dr A. Example, dermatologist"
    lesson.save_revision().publish()
    page = client.get(lesson.url).text
    assert "not yet clinically reviewed" not in page.lower()
    assert "Dr A. Example, dermatologist" in page


def test_sources_cited_are_listed_and_others_are_not(client, lesson):
    page = client.get(lesson.url).text
    assert 'id="source-S1"' in page
    assert 'id="source-S2"' not in page


def test_a_draft_is_previewed_before_it_was_ever_published(client, course):
    client.force_login(UserFactory(administrator=True))
    address = reverse(
        "wagtailadmin_pages:preview_on_add", args=["course", "lessonpage", course.pk]
    )
    lesson = LessonPageFactory.build(title="A new lesson", slug="a-new-lesson")
    form = lesson_form(lesson, [question_fields("What is new?")])
    assert client.post(address, form).json()["is_valid"]
    preview = client.get(address)
    assert preview.status_code == 200
    assert "A new lesson" in preview.text


def test_a_draft_of_a_live_lesson_is_previewed(client, lesson):
    client.force_login(UserFactory(administrator=True))
    address = reverse("wagtailadmin_pages:preview_on_edit", args=[lesson.pk])
    lesson.title = "A changed title"
    assert client.post(address, lesson_form(lesson, [])).json()["is_valid"]
    assert "A changed title" in client.get(address).text

"""A course in several languages is one course: what is done in one is done in all."""

import pytest
from django.test import Client
from django.utils import translation

from accounts.models import Learner
from course.models import CoursePage
from progress.models import Certificate, Enrolment
from quizzes.queries.outline import course_outline
from tests.factories import a_course, a_lesson, a_translation, lessons_of
from tests.taking_quizzes import give_first_options
from training.assignments.queries.contents import (
    live_courses,
    live_lessons_of,
    titles_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def taught_in_spanish(settings):
    settings.WAGTAIL_I18N_ENABLED = True
    settings.WAGTAIL_CONTENT_LANGUAGES = [("en", "English"), ("es", "Español")]


@pytest.fixture
def course():
    """A course of five lessons, the first of which is also in Spanish."""
    course = a_course(lessons=5, questions=1, title="Hair")
    a_translation(course, title="Pelo")
    a_translation(lessons_of(course)[0], title="Primera")
    return course


def spanish(page):
    return type(page).objects.get(
        translation_key=page.translation_key, locale__language_code="es"
    )


def outline_in(code, page):
    with translation.override(code):
        return course_outline(page, Learner.objects.first(), None)


def test_one_spanish_lesson_of_five_does_not_complete_the_course(course):
    give_first_options(Client(), spanish(lessons_of(course)[0]))
    assert Enrolment.objects.get().completed_at is None
    assert not Certificate.objects.exists()


def test_lessons_done_in_either_language_complete_the_course_once(course):
    browser, lessons = Client(), lessons_of(course)
    for lesson in [spanish(lessons[0]), *lessons[1:]]:
        give_first_options(browser, lesson)
    enrolment = Enrolment.objects.get()
    assert enrolment.course_key == course.translation_key
    assert enrolment.completed_at
    assert Certificate.objects.get().statement["course"] == "Hair"


def test_a_certificate_names_the_course_and_its_lessons_as_the_learner_read_them(
    course,
):
    browser, lessons = Client(), lessons_of(course)
    with translation.override("es"):
        for lesson in [spanish(lessons[0]), *lessons[1:]]:
            give_first_options(browser, lesson)
    says = Certificate.objects.get().statement
    assert says["course"] == "Pelo"
    titles = [lesson.title for lesson in lessons]
    assert says["lessons"] == ["Primera", *titles[1:]]


def test_a_lesson_that_is_only_in_spanish_is_not_needed(course):
    a_lesson(spanish(course), questions=1)
    browser = Client()
    for lesson in lessons_of(course):
        give_first_options(browser, lesson)
    assert Enrolment.objects.get().completed_at


def test_nobody_completes_a_course_that_is_offline_in_its_first_language(course):
    course.unpublish()
    give_first_options(Client(), spanish(lessons_of(course)[0]))
    assert not Certificate.objects.exists()


def test_the_outline_has_all_lessons_in_the_readers_language_where_they_are(course):
    give_first_options(Client(), spanish(lessons_of(course)[0]))
    titles = [lesson.title for lesson in lessons_of(course)]
    for page in (spanish(course), spanish(lessons_of(course)[0])):
        outline = outline_in("es", page)
        assert [line.title for line in outline.lessons] == ["Primera", *titles[1:]]
        assert (outline.done, outline.total) == (1, 5)
    outline = outline_in("en", course)
    assert [line.title for line in outline.lessons] == titles
    assert (outline.done, outline.total) == (1, 5)


def test_a_course_begun_in_two_languages_is_listed_once(course):
    browser, lessons = Client(), lessons_of(course)
    give_first_options(browser, lessons[1])
    give_first_options(browser, spanish(lessons[0]))
    page = browser.get("/progress/").text
    assert "Hair" in page
    assert "Pelo" not in page
    assert "Pelo" in browser.get("/es/progress/").text


def test_trainers_count_the_lessons_of_the_first_language(course):
    key, lessons = course.translation_key, lessons_of(course)
    keys = {str(lesson.translation_key): lesson.title for lesson in lessons}
    assert live_lessons_of([key]) == {key: keys}
    assert titles_of([key]) == {str(key): "Hair"}
    assert {each.title: len(found) for each, found in live_courses().items()} == {
        "Hair": 5
    }


def test_a_course_written_in_spanish_first_counts_by_its_spanish_lessons(course):
    CoursePage.objects.get(pk=course.pk).delete()
    first = spanish(course)
    a_lesson(first, questions=1)
    a_translation(first, "en", title="Hair")
    browser = Client()
    for lesson in lessons_of(first):
        give_first_options(browser, lesson)
    assert Enrolment.objects.get().completed_at

"""What is remembered and kept of pages leads to the same pages in each language."""

import pytest

from tests.factories import a_course, a_translation, lessons_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def course(settings):
    settings.WAGTAIL_I18N_ENABLED = True
    settings.WAGTAIL_CONTENT_LANGUAGES = [("en", "English"), ("es", "Español")]
    course = a_course(lessons=2, questions=1, title="Hair", slug="hair")
    a_translation(course, title="Pelo", slug="pelo")
    a_translation(lessons_of(course)[0], title="Primera", slug="primera")
    return course


def test_a_page_that_is_kept_is_that_of_its_language(visitor, course):
    first, second = lessons_of(course)
    for _time in range(2):
        assert "Primera" in visitor.get("/es/pelo/primera/").text
        assert first.title in visitor.get(first.url).text
        assert second.title in visitor.get(f"/es{second.url}").text
        assert visitor.get(f"/es{first.url}").url == "/es/pelo/primera/"
        assert visitor.get("/pelo/primera/").status_code == 404


def test_what_is_below_a_page_is_found_by_memory(visitor, course):
    _first, second = lessons_of(course)
    visitor.cookies["known"] = "yes"
    a_translation(second, slug=second.slug).unpublish()
    for _time in range(2):
        assert visitor.get("/es/pelo/").status_code == 200
        assert visitor.get("/es/pelo/primera/quiz/1/").status_code == 200
        assert visitor.get(f"/es{second.url}quiz/1/").status_code == 200
        assert second.title in visitor.get(f"/es{second.url}").text

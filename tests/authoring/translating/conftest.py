import pytest
from wagtail.models import Locale
from wagtail_localize.models import (
    StringSegment,
    StringTranslation,
    Translation,
)

from authoring.translating.actions.beginning import begin_translations
from course.models import LessonPage
from home.actions import add_home_page_in
from tests.factories import a_course, a_home
from tests.roles import a_person


@pytest.fixture(autouse=True)
def two_languages(settings):
    settings.WAGTAIL_I18N_ENABLED = True
    settings.WAGTAIL_CONTENT_LANGUAGES = [("en", "English"), ("es", "Español")]


@pytest.fixture
def spanish(db):
    locale, _is_new = Locale.objects.get_or_create(language_code="es")
    add_home_page_in(home=a_home(), locale=locale)
    return locale


@pytest.fixture
def author(db):
    return a_person("Author")


@pytest.fixture
def course(spanish):
    return a_course(lessons=2)


@pytest.fixture
def lesson(course):
    return LessonPage.objects.child_of(course).order_by("path").first()


@pytest.fixture
def begun(lesson, spanish, author):
    """The translation of the lesson, of which nothing is translated."""
    begin_translations(page=lesson, locales=[spanish], with_below=False, user=author)
    return Translation.objects.get(source__object_id=lesson.translation_key)


def draft_of(translation):
    return translation.get_target_instance().get_latest_revision_as_object()


def translate_all(translation):
    """Translate each text by a mark before it."""
    for segment in StringSegment.objects.filter(source=translation.source):
        StringTranslation.objects.get_or_create(
            translation_of=segment.string,
            context=segment.context,
            locale=translation.target_locale,
            defaults={"data": f"ES {segment.string.data}"},
        )

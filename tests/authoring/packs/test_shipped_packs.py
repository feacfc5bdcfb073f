"""The packs of the project load, and an editor can save what was loaded."""

from pathlib import Path

import pytest
from django.core.management import call_command
from wagtail.models import Revision

from course.models import CoursePage, LessonPage
from home.models import HomePage
from tests.authoring.packs import small_pack
from tests.content.conftest import locale_of
from tests.factories import a_translation

CONTENT = Path(__file__).parents[3] / "course" / "content"
PACKS = sorted(path.parent for path in CONTENT.glob("*/course.md"))

pytestmark = [pytest.mark.django_db, pytest.mark.long]


@pytest.fixture(params=["small", *PACKS], ids=lambda pack: getattr(pack, "name", pack))
def lessons(request, tmp_path):
    folder = request.param
    folder = small_pack.write(tmp_path) if folder == "small" else folder
    if (language := locale_of(folder)) != "en":
        a_translation(HomePage.objects.get(), language)
    call_command("load_course", str(folder))
    return list(LessonPage.objects.all())


def test_the_editors_checks_pass_and_change_nothing(lessons):
    for lesson in lessons:
        for field in (lesson.body, lesson.in_short):
            before = list(field.get_prep_value())
            assert field.stream_block.clean(field).get_prep_value() == before
        lesson.full_clean()
        for child in [*lesson.faq_entries.all(), *lesson.questions.all()]:
            child.full_clean(exclude=["lesson"])
    for course in CoursePage.objects.all():
        for child in [
            *course.sources.all(),
            *course.glossary_terms.all(),
            *course.options.all(),
            *course.statements.all(),
        ]:
            child.full_clean(exclude=["course"])


def test_every_question_can_be_asked(lessons):
    questions = [question for lesson in lessons for question in lesson.questions.all()]
    assert questions
    assert [question.handle for question in questions if question.problems] == []


def test_every_string_has_an_address_of_its_own(lessons):
    """No list item is left without an id, as Wagtail does for lists it is given bare."""
    for lesson in lessons:
        assert all(block.id for block in lesson.body)
        assert _bare_items(lesson.body.get_prep_value()) == []
    pages = [*lessons, CoursePage.objects.get()]
    assert [Revision.objects.for_instance(page).count() for page in pages] == [
        1 for _page in pages
    ]


def _bare_items(value):
    if isinstance(value, list):
        return [found for entry in value for found in _bare_items(entry)]
    if not isinstance(value, dict):
        return []
    own = [value] if value.get("type") == "item" and not value.get("id") else []
    return own + [found for entry in value.values() for found in _bare_items(entry)]

"""Courses and lessons are copied, never mirrored by an alias."""

import pytest
from django.urls import reverse
from wagtail.models import Page

from course.forms.copying import UnableToMirror
from course.models import CoursePage, LessonPage
from tests.factories import UserFactory, a_home, lessons_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(client):
    client.force_login(UserFactory(administrator=True))
    return client


@pytest.fixture(params=["course", "lesson", "home"])
def page(request, course):
    pages = {"course": course, "lesson": lessons_of(course)[0], "home": a_home()}
    return pages[request.param]


def test_the_admin_offers_no_alias_and_refuses_one_with_a_sentence(admin, page):
    path = reverse("wagtailadmin_pages:copy", args=[page.pk])
    assert "alias" not in admin.get(path).context["form"].fields
    before = Page.objects.count()
    form = {
        "new_title": "Mirror",
        "new_slug": "mirror",
        "new_parent_page": page.get_parent().pk,
        "alias": "on",
    }
    response = admin.post(path, form)
    assert "answers to its questions would be lost" in response.text
    assert Page.objects.count() == before


def test_no_code_makes_an_alias_of_a_course_or_a_lesson(course):
    before = Page.objects.count()
    for page in (course, lessons_of(course)[0]):
        with pytest.raises(UnableToMirror, match="cannot be an alias"):
            page.create_alias(update_slug="mirror")
    assert Page.objects.count() == before


def test_an_alias_from_before_keeps_its_keys_when_it_becomes_a_page(admin, course):
    original, mirror = lessons_of(course)
    LessonPage.objects.filter(pk=mirror.pk).update(alias_of=original)
    keys = set(mirror.questions.values_list("translation_key", flat=True))
    admin.post(reverse("wagtailadmin_pages:convert_alias", args=[mirror.pk]))
    mirror = LessonPage.objects.get(pk=mirror.pk)
    mirror.get_latest_revision().publish()
    mirror = LessonPage.objects.get(pk=mirror.pk)
    assert mirror.alias_of is None
    assert set(mirror.questions.values_list("translation_key", flat=True)) == keys
    assert CoursePage.objects.count() == 1

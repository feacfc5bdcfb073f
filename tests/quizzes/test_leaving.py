"""Deleting and unpublishing say how many people answered, and what becomes of it."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from quizzes.queries.leaving import LeftBehind, left_behind
from tests.factories import UserFactory, a_course, lessons_of
from tests.taking_quizzes import give_answers

pytestmark = pytest.mark.django_db


@pytest.fixture
def course():
    """Two have finished a lesson of it, one of these has begun the other."""
    course = a_course()
    first, second = lessons_of(course)
    token = give_answers(first, "Right", "Right")
    give_answers(first, "Right", "Wrong")
    give_answers(second, "Right", token=token)
    return course


@pytest.fixture
def admin():
    client = Client()
    client.force_login(UserFactory(administrator=True))
    return client


def paths(course):
    yield reverse("wagtailadmin_pages:delete", args=[course.pk]), "cannot finish it"
    yield reverse("wagtailadmin_pages:unpublish", args=[course.pk]), "still finish it"
    for action, told in (("delete", "cannot finish"), ("unpublish", "still finish")):
        bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
        yield f"{bulk}?id={course.pk}", told


def test_whoever_takes_pages_away_reads_whom_it_concerns(course, admin):
    for path, told in paths(course):
        text = " ".join(admin.get(path).text.split())
        assert "2 people have started or finished" in text, path
        assert "are kept" in text, path
        assert told in text, path


def test_nothing_is_said_where_nobody_did_anything(admin):
    for path, _told in paths(a_course()):
        assert "started or finished" not in admin.get(path).text


def test_lessons_below_count_once_and_cost_the_same(course):
    first, second = lessons_of(course)
    assert left_behind([second]) == LeftBehind(1, 1)
    for pages in ([first], [course, first, second]):
        with CaptureQueriesContext(connection) as captured:
            assert left_behind(pages).people == 2
        assert len(captured) == 3

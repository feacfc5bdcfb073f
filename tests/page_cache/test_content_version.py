"""When the content version becomes another one, and when nothing is kept."""

import pytest
from django.core.cache import caches
from django.db import IntegrityError, connection, transaction
from django.test import Client

from config import steady_cache
from course.models import LessonPage
from page_cache import content_version
from page_cache.content_version import read_content_version
from tests.factories import LearnerFactory, UserFactory
from tests.taking_quizzes import give_answers

pytestmark = pytest.mark.django_db(transaction=True)


def rename(lesson, title):
    LessonPage.objects.filter(pk=lesson.pk).update(title=title)


@pytest.fixture
def version(lesson):
    return read_content_version()


def test_it_stays_while_nothing_changes(lesson, version):
    LessonPage.objects.get(pk=lesson.pk)
    assert read_content_version() == version


def test_answers_accounts_and_sessions_leave_it_as_it_is(lesson, version):
    give_answers(lesson, "Right", "Right")
    LearnerFactory()
    Client().force_login(UserFactory())
    assert read_content_version() == version


def test_a_statement_by_itself_makes_another(lesson, version):
    rename(lesson, "One")
    assert read_content_version() not in (version, None)


def test_nothing_is_kept_from_the_first_change_to_the_end_of_a_transaction(
    lesson, version
):
    with transaction.atomic():
        assert read_content_version() == version
        rename(lesson, "One")
        assert read_content_version() is None
        rename(lesson, "Two")
        assert read_content_version() is None
    assert read_content_version() not in (version, None)


def test_it_is_renewed_once_for_each_transaction(lesson, monkeypatch):
    with transaction.atomic():
        for title in "abcdef":
            rename(lesson, title)
        hooks = [hook for _ids, hook, _robust in connection.run_on_commit]
        assert hooks == [content_version.renew_content_version]


def test_a_change_after_a_savepoint_that_was_rolled_back_counts(lesson, version):
    with transaction.atomic():
        with transaction.atomic():
            rename(lesson, "Never")
            transaction.set_rollback(True)
        rename(lesson, "One")
    assert read_content_version() not in (version, None)


def test_another_hook_that_fails_leaves_nothing_kept(lesson, version):
    def change():
        with transaction.atomic():
            transaction.on_commit(lambda: 1 / 0)
            rename(lesson, "One")

    with pytest.raises(ZeroDivisionError):
        change()
    assert read_content_version() is None


def test_after_a_rollback_pages_are_kept_again_within_the_minute(
    lesson, version, monkeypatch
):
    assert content_version._CHANGE_LASTS <= 60
    monkeypatch.setattr(content_version, "_CHANGE_LASTS", 0)
    with transaction.atomic():
        rename(lesson, "Never")
        transaction.set_rollback(True)
    assert read_content_version() is not None


def test_a_statement_that_fails_makes_another_too(lesson, version):
    with pytest.raises(IntegrityError):
        LessonPage.objects.filter(pk=lesson.pk).update(title=None)
    assert read_content_version() not in (version, None)


def test_a_table_made_anew_makes_another(lesson, version):
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE made_up (number integer)")
    assert read_content_version() not in (version, None)


def test_a_connection_opened_again_is_watched_once(lesson, version):
    connection.close()
    connection.ensure_connection()
    watching = [wrapper.__name__ for wrapper in connection.execute_wrappers]
    assert watching.count("renew_when_content_changes") == 1
    rename(lesson, "One")
    assert read_content_version() != version


def test_a_version_pushed_out_of_the_cache_is_made_anew(lesson, version):
    caches["pages"].clear()
    assert read_content_version() not in (version, None)


def test_a_change_that_the_cache_did_not_take_is_passed_on_later(
    lesson, version, monkeypatch
):
    store = type(caches["page_store"])
    with monkeypatch.context() as failing:
        failing.setattr(store, "set", lambda *args, **named: 1 / 0)
        failing.setattr(store, "delete", lambda *args, **named: 1 / 0)
        rename(lesson, "One")
    steady_cache._rests.clear()
    assert caches["pages"].get(content_version._KEY) == version
    renewed = read_content_version()
    assert renewed not in (version, None)
    assert read_content_version() == renewed


def test_a_page_built_while_it_changed_is_not_kept(lesson, visitor, monkeypatch):
    """The change comes after the page read its rows."""
    serve, old = LessonPage.serve, lesson.title

    def changed_meanwhile(page, request, *args, **kwargs):
        response = serve(page, request, *args, **kwargs).render()
        rename(lesson, "Changed meanwhile")
        return response

    monkeypatch.setattr(LessonPage, "serve", changed_meanwhile)
    assert old in visitor.get(lesson.url).text
    monkeypatch.setattr(LessonPage, "serve", serve)
    assert "Changed meanwhile" in visitor.get(lesson.url).text
    assert "Changed meanwhile" in visitor.get(lesson.url).text


def test_a_page_built_in_mid_transaction_is_not_kept(lesson, visitor):
    old = visitor.get(lesson.url).text
    with transaction.atomic():
        rename(lesson, "Half-made")
        # This client shares the connection, so it sees what others do not yet.
        assert "Half-made" in visitor.get(lesson.url).text
        transaction.set_rollback(True)
    assert visitor.get(lesson.url).text == old

"""Processes share what is kept, and what one changes all of them know at once."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.core.cache import caches
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from config.stores import page_store
from course.models import LessonPage
from page_cache import making
from tests.config.conftest import redis_server
from tests.quizzes.test_actions import all_at_once

__all__ = ["redis_server"]

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.sweep]

ROOT = Path(__file__).parents[2]
RENAME = """
import django
django.setup()
from course.models import LessonPage
lesson = LessonPage.objects.get(title={before!r})
lesson.title = {after!r}
lesson.save_revision().publish()
"""


@pytest.fixture(params=["files", "redis"])
def cache_url(request, tmp_path, settings):
    """Keep pages where other processes find them; return the address of the cache."""
    if request.param == "files":
        url = f"filecache://{tmp_path / 'cache'}"
    else:
        url = request.getfixturevalue("redis_server").url
    settings.CACHES = settings.CACHES | {"page_store": page_store(url)}
    return url


def database_url():
    told = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{told['NAME']}"
    return f"postgres://{told['USER']}@{told['HOST']}/{told['NAME']}"


def in_another_process(code, cache_url):
    subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=os.environ
        | {
            "DJANGO_SETTINGS_MODULE": "config.settings.production",
            "SECRET_KEY": "only-for-tests",
            "DATABASE_URL": database_url(),
            "CACHE_URL": cache_url,
        },
        check=True,
    )


def test_what_another_process_publishes_is_read_at_once(cache_url, lesson, visitor):
    assert lesson.title in visitor.get(lesson.url).text
    code = RENAME.format(before=lesson.title, after="Published elsewhere")
    in_another_process(code, cache_url)
    assert "Published elsewhere" in visitor.get(lesson.url).text


class Builder:
    """Builds lessons slowly, and counts how many."""

    def __init__(self, serve):
        self.built, self._serve = 0, serve

    def serve(self):
        """Return what takes the place of `LessonPage.serve`."""

        def build(page, request, *args, **kwargs):
            self.built += 1
            time.sleep(0.3)
            return self._serve(page, request, *args, **kwargs)

        return build


@pytest.fixture
def slow(monkeypatch):
    builder = Builder(LessonPage.serve)
    monkeypatch.setattr(LessonPage, "serve", builder.serve())
    return builder


def read_by_many(path, people=6):
    return all_at_once(*[lambda: Client().get(path)] * people)


def test_a_missing_page_is_built_once_in_a_process(cache_url, lesson, slow):
    answers = read_by_many(lesson.url)
    assert [answer.status_code for answer in answers] == [200] * 6
    assert len({answer.content for answer in answers}) == 1
    assert slow.built == 1
    assert making._being_built == {}


class ProcessOfItsOwn(dict):
    """What is being built, as if each thread were another process."""

    def setdefault(self, key, value):
        return value

    def __delitem__(self, key):
        pass


@pytest.mark.parametrize("cache_url", ["redis"], indirect=True)
def test_with_redis_a_missing_page_is_built_once_by_all(
    cache_url, lesson, slow, monkeypatch
):
    monkeypatch.setattr(making, "_being_built", ProcessOfItsOwn())
    answers = read_by_many(lesson.url)
    assert [answer.status_code for answer in answers] == [200] * 6
    assert slow.built == 1


def test_nobody_waits_for_a_builder_that_is_gone(lesson, visitor, monkeypatch):
    monkeypatch.setattr(making, "PATIENCE", 0.1)
    caches["pages"].add("somebody:being-built", "taken", 60)
    with making.one_builder("somebody"):
        pass
    assert making._being_built == {}


def test_a_page_that_cannot_be_built_holds_up_nobody(lesson, visitor, monkeypatch):
    serve = LessonPage.serve
    monkeypatch.setattr(LessonPage, "serve", lambda *given, **named: 1 / 0)
    failing = Client(raise_request_exception=False)
    assert failing.get(lesson.url).status_code == 500
    monkeypatch.setattr(LessonPage, "serve", serve)
    assert visitor.get(lesson.url).status_code == 200


def test_pages_in_files_are_bounded_and_apart():
    pages = page_store("filecache:///srv/cache")
    assert pages["LOCATION"] == "/srv/cache/pages"
    assert pages["OPTIONS"]["MAX_ENTRIES"] == 2_000


def test_pruning_leaves_what_has_not_expired(cache_url, lesson, visitor):
    visitor.get(lesson.url)
    call_command("prune_cache")
    with CaptureQueriesContext(connection) as captured:
        visitor.get(lesson.url)
    assert len(captured) == 0


def test_expired_pages_leave_the_disk(tmp_path, settings):
    url = f"filecache://{tmp_path / 'cache'}"
    settings.CACHES = settings.CACHES | {"page_store": page_store(url)}
    caches["pages"].set("old", "page", 0.1)
    time.sleep(0.2)
    call_command("prune_cache")
    assert list((tmp_path / "cache" / "pages").iterdir()) == []

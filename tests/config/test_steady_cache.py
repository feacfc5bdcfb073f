"""Pages live without a cache, whatever Django's own backend raises; locks stay shut."""

import contextlib
import socket
import time

import pytest
from django.core.cache import cache, caches
from django.test import Client

from accounts.models import User
from config import resting, steady_cache
from config.stores import cache_store
from tests.signing_in import PASSWORD, with_password

NOBODY_LISTENS = "redis://127.0.0.1:1/0"


@pytest.fixture(autouse=True)
def _rested():
    steady_cache._rests.clear()
    yield
    steady_cache._rests.clear()


@pytest.fixture
def store(settings):
    """Put another cache behind the steady one."""

    def take(url):
        settings.CACHES = {
            "default": {
                "BACKEND": "config.steady_cache.SteadyCache",
                "OPTIONS": {"STORE": "store"},
            },
            "store": cache_store(url),
        }

    return take


@pytest.fixture
def files(store, tmp_path):
    store(f"filecache://{tmp_path / 'cache'}")
    return tmp_path / "cache"


def test_what_was_put_in_comes_out(files):
    cache.set("lesson", "five", 60)
    assert cache.get("lesson") == "five"
    assert cache.get_or_set("lesson", "six") == "five"
    assert cache.add("lesson", "six") is False
    assert "lesson" in cache
    assert cache.touch("lesson", 60)
    assert cache.get_many(["lesson", "none"]) == {"lesson": "five"}
    assert cache.delete("lesson")
    assert cache.get("lesson", "gone") == "gone"
    cache.clear()


@pytest.mark.parametrize("rubbish", [b"", b"rubbish", b"\x80\x04N.not zipped"])
def test_an_entry_that_cannot_be_read_is_written_anew(files, rubbish):
    cache.set("lesson", "five", 60)
    [entry] = files.iterdir()
    entry.write_bytes(rubbish)
    assert cache.get("lesson", "nothing") == "nothing"
    assert cache.add("lesson", "six") is True
    assert cache.get("lesson") == "six"


def test_a_lock_left_unreadable_does_not_stay_shut(files):
    cache.add("lock", 1, 60)
    [entry] = files.iterdir()
    entry.write_bytes(b"rubbish")
    assert cache.add("lock", 1, 60) is True


def test_a_folder_that_cannot_be_written_holds_nothing(store, tmp_path):
    (tmp_path / "cache").write_text("A file where a folder should be.")
    store(f"filecache://{tmp_path / 'cache'}")
    assert cache.get("lesson", "nothing") == "nothing"
    with pytest.raises(steady_cache.CannotCount):
        cache.add("lock", 1)


def test_a_store_that_failed_is_left_alone_for_a_while(store, monkeypatch):
    store(NOBODY_LISTENS)
    asked = []
    monkeypatch.setattr(
        type(caches["store"]), "get", lambda *args, **named: asked.append(1) or 1 / 0
    )
    assert [cache.get("lesson") for _ in range(5)] == [None] * 5
    assert len(asked) == 1
    _rested_for_long(monkeypatch)
    cache.get("lesson")
    assert len(asked) == 2


def _rested_for_long(monkeypatch):
    later = time.monotonic() + steady_cache._rests["store"].seconds
    monkeypatch.setattr(resting.time, "monotonic", lambda: later)


def test_while_one_asks_again_the_others_do_without(store, monkeypatch):
    store(NOBODY_LISTENS)
    answers = []

    def ask(*args, **named):
        if len(answers) < 1:
            answers.append(None)
            raise ConnectionError
        answers.append(cache.get("meanwhile", "others do without"))
        return "five"

    monkeypatch.setattr(type(caches["store"]), "get", ask)
    assert cache.get("lesson") is None
    _rested_for_long(monkeypatch)
    assert cache.get("lesson") == "five"
    assert answers == [None, "others do without"]


def test_pages_live_without_redis(store, lesson, quiz_url):
    store(NOBODY_LISTENS)
    visitor = Client()
    for address in ("/", lesson.url, f"{quiz_url}1/", "/account/login/", "/progress/"):
        assert visitor.get(address).status_code == 200


@pytest.mark.parametrize(
    ("address", "form"),
    [
        ("/account/login/", {"login": "anna@example.org", "password": PASSWORD}),
        ("/account/login/code/", {"email": "anna@example.org"}),
        ("/account/password/reset/", {"email": "anna@example.org"}),
    ],
)
def test_doors_with_a_lock_stay_shut_and_say_why(
    store, course, mailoutbox, address, form
):
    with_password(User.objects.create_user("anna@example.org"))
    store(NOBODY_LISTENS)
    answer = Client().post(address, form)
    assert answer.status_code == 503
    assert "we cannot count them at the moment" in answer.content.decode()
    assert answer.headers["Retry-After"] == "60"
    assert not mailoutbox


def test_health_names_the_part_that_is_down(store, db, client):
    store(NOBODY_LISTENS)
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert b"cache: down" in answer.content
    assert b"database: works" in answer.content


def test_redis_may_go_and_come_back(store, redis_server, lesson, monkeypatch):
    store(redis_server.url)
    cache.set("lesson", "five", 60)
    assert cache.get("lesson") == "five"
    assert cache.add("lock", 1, 60) is True
    redis_server.stop()
    assert Client().get(lesson.url).status_code == 200
    assert cache.get("lesson") is None
    assert Client().get("/readyz").status_code == 503
    redis_server.start()
    steady_cache._rests.clear()
    assert cache.add("lock", 1, 60) is True
    assert "cache: down" not in Client().get("/readyz").text


@pytest.mark.sweep
def test_a_page_asks_a_silent_redis_twice_and_waits_a_second(
    store, lesson, monkeypatch
):
    monkeypatch.setattr(steady_cache._rests["store"], "seconds", 3600)
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        silent.setblocking(False)
        store(f"redis://127.0.0.1:{silent.getsockname()[1]}/0")
        assert Client().get(lesson.url).status_code == 200
        assert number_of_connections(silent) == 2
    assert caches.settings["store"]["OPTIONS"]["socket_timeout"] == 1


def number_of_connections(listening):
    number = 0
    with contextlib.suppress(BlockingIOError):
        while True:
            listening.accept()[0].close()
            number += 1
    return number

"""Visitors get pages as they were built before; nobody else does."""

import gzip

import brotli
import pytest
import time_machine
from django.conf import settings as site_settings
from django.core.cache import caches
from django.test import Client
from django.utils import timezone
from wagtail.models import PageViewRestriction

from config import steady_cache
from course.models import LessonPage
from home.models import HomePage
from page_cache import content_version, memory
from page_cache.content_version import LIFE, forget_content_version
from page_cache.watching import tables_shown_to_no_visitor
from tests.factories import UserFactory
from tests.statements import statements_of
from tests.taking_quizzes import browser_of, give_answers

pytestmark = pytest.mark.django_db(transaction=True)


def statements_anew(work, *args, **named):
    """Return the statements of a request in a process that remembers nothing."""
    memory._memory = memory._Memory()
    return statements_of(work, *args, **named)


@pytest.fixture
def paths(course, lesson):
    return ["/", course.url, f"{course.url}print/", lesson.url, f"{lesson.url}print/"]


def test_a_page_read_before_costs_a_visitor_no_query(paths, visitor):
    for path in paths:
        built = visitor.get(path)
        assert statements_anew(visitor.get, path) == []
        kept = visitor.get(path)
        assert kept.content == built.content
        assert kept.headers == built.headers


@pytest.fixture
def asked(monkeypatch):
    """What the cache of pages is asked for from now on."""
    names, get = [], steady_cache.SteadyPageCache.get

    def asking(cache, key, *args, **named):
        names.append(key)
        return get(cache, key, *args, **named)

    monkeypatch.setattr(steady_cache.SteadyPageCache, "get", asking)
    return names


def test_a_process_that_sent_a_page_asks_for_the_version_only(lesson, visitor, asked):
    sent = [visitor.get(lesson.url) for _visit in range(2)]
    asked.clear()
    forget_content_version()
    assert visitor.get(lesson.url).content == sent[0].content
    assert asked == ["content-version"]


@pytest.mark.parametrize(("known_for", "times"), [(60, 1), (0, 3)])
def test_a_process_asks_for_the_version_again_once_it_is_old(
    lesson, visitor, asked, monkeypatch, known_for, times
):
    monkeypatch.setattr(content_version, "_KNOWN_FOR", known_for)
    visitor.get(lesson.url)
    forget_content_version()
    asked.clear()
    for _visit in range(3):
        visitor.get(lesson.url)
    assert asked.count("content-version") == times


def test_what_another_process_changed_is_never_shown_in_part(
    lesson, visitor, monkeypatch
):
    monkeypatch.setattr(content_version, "_KNOWN_FOR", 60)
    learner = browser_of(give_answers(lesson, "Right", "Right"))
    before = visitor.get(lesson.url).text
    for _visit in range(2):
        learner.get(lesson.url)
    monkeypatch.setattr(content_version, "forget_content_version", lambda: None)
    LessonPage.objects.filter(pk=lesson.pk).update(title="Changed elsewhere")
    after = learner.get(lesson.url).text
    assert "Changed elsewhere" in after
    assert lesson.title not in after
    assert visitor.get(lesson.url).text == before


def test_what_the_process_itself_changes_is_sent_at_once(lesson, visitor):
    for title in ("Changed once", "Changed twice", "Changed again"):
        LessonPage.objects.filter(pk=lesson.pk).update(title=title)
        assert title in visitor.get(lesson.url).text


def test_no_process_sends_a_page_of_more_than_five_minutes(lesson, visitor, asked):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        for _visit in range(2):
            visitor.get(lesson.url)
        asked.clear()
        clock.shift(LIFE - 1)
        forget_content_version()
        visitor.get(lesson.url)
        assert asked == ["content-version"]
        clock.shift(2)
        forget_content_version()
        visitor.get(lesson.url)
        assert len(asked) > len(["content-version"] * 2)


def test_no_page_that_is_kept_shows_rows_that_renew_nothing(paths, visitor):
    """What is declared as shown to no visitor is not even asked for."""
    for path in paths:
        said = " ".join(statements_anew(visitor.get, path))
        assert said
        assert [table for table in tables_shown_to_no_visitor() if table in said] == []


def test_a_visitor_who_reads_gets_no_cookie(paths, visitor):
    for path in [*paths, *paths]:
        assert not visitor.get(path).cookies


def test_browsers_and_proxies_may_keep_it_and_ask_each_time(lesson, visitor):
    for _time in ("built", "kept"):
        answer = visitor.get(lesson.url)
        assert answer["Cache-Control"] == "no-cache"
        asked = {"If-None-Match": answer["ETag"]}
        again = visitor.get(lesson.url, headers=asked)
        assert (again.status_code, again.content) == (304, b"")
        assert again["ETag"] == answer["ETag"]
    other = {"If-None-Match": '"another"'}
    assert visitor.get(lesson.url, headers=other).status_code == 200


def test_a_page_that_is_not_kept_is_validated_too(lesson, visitor, settings):
    settings.CACHES = settings.CACHES | {
        "pages": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}
    }
    asked = {"If-None-Match": visitor.get(lesson.url)["ETag"]}
    assert visitor.get(lesson.url, headers=asked).status_code == 304


@pytest.mark.parametrize(
    ("taken", "coding", "unpack"),
    [
        ("gzip", "gzip", gzip.decompress),
        ("gzip, deflate, br", "br", brotli.decompress),
        ("identity, GZIP", "gzip", gzip.decompress),
        ("gzip, br;q=0", "gzip", gzip.decompress),
    ],
)
def test_it_is_kept_as_it_is_and_packed(lesson, visitor, taken, coding, unpack):
    plain = visitor.get(lesson.url)
    assert "Content-Encoding" not in plain.headers
    packed = visitor.get(lesson.url, headers={"Accept-Encoding": taken})
    assert unpack(packed.content) == plain.content
    assert packed["Content-Encoding"] == coding
    assert packed["ETag"] != plain["ETag"]
    assert "Accept-Encoding" in packed["Vary"]
    assert (
        statements_anew(visitor.get, lesson.url, headers={"Accept-Encoding": taken})
        == []
    )


def test_head_gets_the_headers_of_get(lesson, visitor):
    got = visitor.get(lesson.url)
    asked = visitor.head(lesson.url)
    assert (asked.headers, asked.content) == (got.headers, b"")


COOKIES = {
    "a learner's": site_settings.SESSION_COOKIE_NAME,
    "a session's": "learner",
    "any other": "theme",
}


@pytest.mark.parametrize("whose", COOKIES)
def test_whoever_sends_a_cookie_gets_a_page_of_their_own(lesson, visitor, whose):
    visitor.get(lesson.url)
    somebody = Client()
    somebody.cookies[COOKIES[whose]] = "1"
    assert statements_anew(somebody.get, lesson.url) != []
    assert "ETag" not in somebody.get(lesson.url).headers


def test_what_a_learner_or_somebody_signed_in_reads_is_not_kept(course, lesson):
    learner = browser_of(give_answers(lesson, "Right", "Right"))
    member = Client()
    member.force_login(UserFactory(administrator=True))
    for person in (learner, member):
        assert person.get(course.url).status_code == 200
    assert statements_anew(lambda: Client().get(course.url)) != []
    assert "1 of 2 lessons" in learner.get(course.url).text
    assert "1 of 2 lessons" not in Client().get(course.url).text


@pytest.mark.parametrize(
    "asked",
    [
        {"query_params": {"q": "1"}},
        {"headers": {"Authorization": "Basic YTpi"}},
    ],
    ids=["a query", "a password"],
)
def test_other_ways_of_asking_are_answered_anew(lesson, visitor, asked):
    visitor.get(lesson.url)
    assert statements_anew(visitor.get, lesson.url, **asked) != []
    assert statements_anew(visitor.get, lesson.url, **asked) != []


def test_a_preview_is_neither_kept_nor_taken_from_there(lesson, visitor):
    live = visitor.get(lesson.url).text
    draft = LessonPage.objects.get(pk=lesson.pk)
    draft.title = "Only a draft"
    shown = draft.make_preview_request()
    assert "Only a draft" in shown.text
    assert "ETag" not in shown.headers
    assert visitor.get(lesson.url).text == live


@pytest.mark.parametrize("below", ["quiz/", "quiz/1/", "read/", "no-such-page/"])
def test_what_lies_below_a_lesson_is_never_kept(lesson, visitor, below):
    for _time in range(2):
        assert Client().get(lesson.url + below).get("ETag") is None


@pytest.mark.parametrize(
    "path", ["/account/login/", "/progress/", "/healthz", "/admin/", "/certificates/"]
)
def test_other_views_are_never_kept(course, path):
    for _time in range(2):
        assert Client().get(path).get("ETag") is None


@pytest.mark.parametrize("kind", ["password", "login", "groups"])
def test_a_private_page_is_never_kept(lesson, visitor, kind):
    PageViewRestriction.objects.create(
        page=lesson, restriction_type=kind, password="open"
    )
    for _time in range(2):
        answer = visitor.get(lesson.url)
        assert "no-store" in answer["Cache-Control"]
        visitor.cookies.clear()


def test_hosts_schemes_and_languages_are_kept_apart(lesson, visitor, settings):
    settings.ALLOWED_HOSTS = ["testserver", "other.example.org"]
    settings.LANGUAGES = [("en", "English"), ("de", "German")]
    german = f"/de{lesson.url}"
    for address, asked in (
        (lesson.url, {}),
        (lesson.url, {"headers": {"Host": "other.example.org"}}),
        (lesson.url, {"secure": True}),
        (german, {}),
    ):
        assert statements_anew(visitor.get, address, **asked) != []
        assert statements_anew(visitor.get, address, **asked) == []
    assert '<html lang="de"' in visitor.get(german).text
    assert '<html lang="en"' in visitor.get(lesson.url).text


def test_what_a_browser_prefers_makes_no_page_of_its_own(lesson, visitor):
    visitor.get(lesson.url)
    spanish = {"headers": {"Accept-Language": "es"}}
    assert statements_anew(visitor.get, lesson.url, **spanish) == []
    assert '<html lang="en"' in visitor.get(lesson.url, **spanish).text


def test_a_host_that_is_not_ours_is_refused(lesson, visitor):
    asked = {"Host": "evil.example.org"}
    assert visitor.get(lesson.url, headers=asked).status_code == 400


def test_another_release_keeps_pages_of_its_own(lesson, visitor, monkeypatch):
    visitor.get(lesson.url)
    monkeypatch.setattr("page_cache.kept_pages.release_digest", lambda: "another")
    assert statements_anew(visitor.get, lesson.url) != []


def test_an_answer_of_one_person_is_not_kept(lesson, visitor, monkeypatch):
    """Should a page get a form one day, its token sets a cookie."""
    serve = HomePage.serve

    def with_form(page, request, *args, **kwargs):
        response = serve(page, request, *args, **kwargs)
        response.set_cookie("csrftoken", "secret")
        return response

    monkeypatch.setattr(HomePage, "serve", with_form)
    for _time in range(2):
        answer = Client().get("/")
        assert answer.cookies
        assert answer.get("ETag") is None


@pytest.mark.parametrize(
    "header",
    [
        {"Vary": "User-Agent"},
        {"Cache-Control": "private"},
        {"Content-Security-Policy": "script-src 'nonce-abc'"},
    ],
    ids=lambda header: next(iter(header)),
)
def test_an_answer_that_says_it_is_for_one_is_not_kept(
    lesson, visitor, monkeypatch, header
):
    serve = HomePage.serve

    def with_header(page, request, *args, **kwargs):
        response = serve(page, request, *args, **kwargs)
        [(name, value)] = header.items()
        response[name] = value
        return response

    monkeypatch.setattr(HomePage, "serve", with_header)
    for _time in range(2):
        assert statements_anew(visitor.get, "/") != []


def test_switched_off_every_page_is_built(lesson, settings):
    settings.KEEPS_PAGES = False
    visitor = Client()
    for _time in range(2):
        assert statements_anew(visitor.get, lesson.url) != []
        assert visitor.get(lesson.url).get("ETag") is None


def test_a_cache_that_fails_breaks_no_page(lesson, visitor, settings):
    settings.CACHES = settings.CACHES | {
        "page_store": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": "redis://127.0.0.1:1/0",
        }
    }
    lesson.title = "Changed meanwhile"
    lesson.save_revision().publish()
    for _time in range(3):
        assert "Changed meanwhile" in visitor.get(lesson.url).text


def test_a_kept_page_that_cannot_be_read_is_built_anew(lesson, visitor, monkeypatch):
    first = visitor.get(lesson.url).text
    broken = type(caches["page_store"])
    monkeypatch.setattr(broken, "get", lambda *args, **named: 1 / 0)
    steady_cache._rests.clear()
    assert visitor.get(lesson.url).text == first

import gc
import os
import pickle
import shutil
from itertools import count
from pathlib import Path

import hypothesis
import pytest
from django.core.cache import cache
from django.db import connection

from course.tasks import bounded_child, bounded_reading
from languages.rules import build_catalogues
from page_cache.content_version import forget_content_version
from tests.database import restored_after_real_transactions, switch_to_copy
from tests.factories import a_course, a_home, lessons_of

# Playwright keeps an event loop running, which Django takes for asynchronous code.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

# A busy machine is no failed property. `script/test --all` asks for "thorough".
hypothesis.settings.register_profile("quick", deadline=None, max_examples=20)
hypothesis.settings.register_profile("thorough", deadline=None, max_examples=100)
hypothesis.settings.load_profile("quick")

CHROMIUM_NAMES = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
)
TESTS = count(1)
QUIET = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


# Whoever asks for one of these asks for the database.
DATABASE = {"db", "transactional_db", "live_server"}


def pytest_addoption(parser):
    parser.addoption(
        "--only-database",
        action="store_true",
        help="leave out tests that ask no database: another one changes nothing there",
    )
    parser.addoption(
        "--race-rounds",
        type=int,
        default=1,
        help="how often each pair of verbs is raced (tests/races, on PostgreSQL)",
    )


def pytest_configure():
    """Have the languages of the interface ready, as `prepare_site` has.

    What is imported while tests are collected stays: nobody searches it for rubbish.
    """
    gc.disable()
    build_catalogues(Path(__file__).parents[1] / "locale")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config, items):
    mark_what_comes_again(items)
    if os.environ.get("CI") == "true":
        _run_again_in_browsers(items)
    if config.getoption("--only-database"):
        left_out = [item for item in items if not asks_database(item)]
        config.hook.pytest_deselected(items=left_out)
        items[:] = filter(asks_database, items)


def _run_again_in_browsers(items):
    """Have what fails in a browser run once more, and named in the summary ("R").

    A driver loses one of some thousand commands. What is raced or killed on purpose runs
    once: an answer lost once is lost.
    """
    for item in items:
        if item.get_closest_marker("browser") or "engine" in item.fixturenames:
            item.add_marker(pytest.mark.flaky(reruns=1))


def mark_what_comes_again(items):
    """Mark what a test asserts once more: on a wide screen, or in Chromium elsewhere.

    The tests with Playwright are in Chromium, too; paper is only looked at by the others.
    """
    for item in items:
        given = getattr(item, "callspec", None)
        if given and (_is_the_wider(given.params) or _is_chromium_again(item, given)):
            item.add_marker(pytest.mark.again)


def _is_the_wider(params):
    return params.get("width") == 1280


def _is_chromium_again(item, given):
    on_paper = item.path.stem in ("test_print", "test_forced_colours")
    return given.params.get("engine") == "chromium" and not on_paper


def asks_database(item):
    marker = item.get_closest_marker("django_db")
    return bool(marker) or not DATABASE.isdisjoint(item.fixturenames)


def pytest_collection_finish():
    """Leave what was imported out of every search for rubbish."""
    gc.collect()
    gc.freeze()


def pytest_runtest_logfinish():
    """Search only what came since the last time: what is held by then is held on."""
    if next(TESTS) % 100 == 0:
        gc.collect()
        gc.freeze()


@pytest.fixture(scope="session", autouse=True)
def patience(tmp_path_factory):
    """Let a busy machine take its time over an upload, beside all other test runs."""
    bounded_reading.PATIENCE = 60
    bounded_reading.PLACES = tmp_path_factory.mktemp("reading")


@pytest.fixture(autouse=True)
def read_here(request, monkeypatch):
    """Read uploads in this process: one of its own takes half a second to start.

    All is pickled as if it went to the other. What tests the bounds themselves has the
    marker `own_process`; a site in a browser reads as it is.
    """
    if not any(map(request.node.get_closest_marker, ("own_process", "browser"))):
        monkeypatch.setattr(bounded_reading, "_ask", _read_in_this_process)


def _read_in_this_process(reader, arguments, _until, _limits):
    sent = pickle.dumps((reader.__module__, reader.__qualname__, arguments))
    try:
        answer = bounded_child.run_reader(*pickle.loads(sent))  # noqa: S301
    except (MemoryError, RecursionError) as error:
        raise bounded_reading.BeyondBounds from error
    return pickle.loads(pickle.dumps(answer))  # noqa: S301


@pytest.fixture(autouse=True)
def nothing_cached():
    """Bad tries and where the site's root is: no test meets what another left."""
    cache.clear()
    forget_content_version()


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    found = filter(None, map(shutil.which, CHROMIUM_NAMES))
    args = [*QUIET, "--no-sandbox"] if os.geteuid() == 0 else QUIET
    return {
        **browser_type_launch_args,
        "executable_path": os.environ.get("CHROMIUM") or next(found),
        "args": args,
    }


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_blocker):
    """In place of pytest-django's: each worker's own copy of a migrated database."""
    served = connection.settings_dict["NAME"]
    with django_db_blocker.unblock():
        switch_to_copy(connection, str(os.getpid()))
        with restored_after_real_transactions(connection), django_db_blocker.block():
            yield
        connection.creation.destroy_test_db(served, verbosity=0)


@pytest.fixture
def course(db):
    """A live course of two lessons with two plain questions each."""
    return a_course()


@pytest.fixture
def lesson(course):
    return lessons_of(course)[0]


@pytest.fixture
def quiz_url(lesson):
    return lesson.url + "quiz/"


@pytest.fixture
def home(transactional_db):
    """The home page, in a database with real transactions."""
    return a_home()

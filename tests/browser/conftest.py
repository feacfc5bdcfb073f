"""A real browser before a real server, with the course that the project ships."""

import contextlib
import io
import re
import sqlite3
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection

from home.rules.stylesheet import build_stylesheet
from tests.browser.patience import PATIENCE
from tests.browser.whole_pages import waiting_for_whole_pages
from tests.browser.writing import sign_in
from tests.factories import a_home

PACK = settings.BASE_DIR / "course/content/stem-cell-therapy-for-hair-loss"


def pytest_collection_modifyitems(items):
    here = Path(__file__).parent
    for item in items:
        if item.path.is_relative_to(here):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session", autouse=True)
def styles():
    build_stylesheet(settings.VAR_DIR / "build")


@pytest.fixture(scope="session", autouse=True)
def whole_pages():
    with waiting_for_whole_pages():
        yield


@pytest.fixture(scope="session")
def loaded():
    """A copy of the database as it is when the course was loaded, empty at first."""
    with contextlib.closing(sqlite3.connect(":memory:")) as copy:
        yield copy


@pytest.fixture
def site(live_server, loaded, settings):
    """The address of a site with the shipped course and the information pages."""
    settings.SITE_URL = live_server.url
    connection.ensure_connection()
    if loaded.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
        loaded.backup(connection.connection)
    else:
        load()
        connection.connection.backup(loaded)
    return live_server.url


def load():
    a_home()
    with contextlib.redirect_stdout(io.StringIO()):
        call_command("load_pages")
        call_command("load_course", str(PACK))


@pytest.fixture
def admin(open_page, site):
    """A page of a wide browser in which an administrator is signed in."""
    page = open_page("/healthz", width=1280)
    sign_in(page, site)
    return page


@pytest.fixture
def open_page(browser, site):
    """Return a function that opens a page in a fresh browser profile."""
    contexts, problems = [], []

    def open_at(path="/", *, width=360, scripts=True, scheme="light"):
        context = browser.new_context(
            base_url=site,
            viewport={"width": width, "height": 740},
            java_script_enabled=scripts,
            color_scheme=scheme,
        )
        contexts.append(context)
        context.on("weberror", lambda raised: problems.append(str(raised.error)))
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.on("console", lambda message: _note(problems, message))
        page.on("request", lambda request: _watch(problems, request, site))
        page.goto(path)
        return page

    yield open_at
    for context in contexts:
        context.close()
    assert not problems, problems


# A refusal or a dead line that a test asked for, and what Wagtail's Checks panel found.
EXPECTED = re.compile(
    r"status of 4\d\d|ERR_FAILED|ERR_INTERNET_DISCONNECTED|^axe\.run results"
)


def _note(problems, message):
    if message.type == "error" and not EXPECTED.search(message.text):
        problems.append(message.text)


def _watch(problems, request, site):
    if not request.url.startswith((site, "data:", "about:")):
        problems.append(f"A request left the site: {request.url}")

"""A real browser before a real server, with the course that the project ships."""

import os
import re
import shutil
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

from home.stylesheet import build
from tests.factories import a_home

# Playwright keeps an event loop running, which Django takes for asynchronous code.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

PACK = settings.BASE_DIR / "course/content/stem-cell-therapy-for-hair-loss"
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")
QUIET = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


def pytest_collection_modifyitems(items):
    here = Path(__file__).parent
    for item in items:
        if item.path.is_relative_to(here):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    found = filter(None, map(shutil.which, CHROMIUM_NAMES))
    args = [*QUIET, "--no-sandbox"] if os.geteuid() == 0 else QUIET
    return {
        **browser_type_launch_args,
        "executable_path": os.environ.get("CHROMIUM") or next(found),
        "args": args,
    }


@pytest.fixture(scope="session", autouse=True)
def styles():
    build(settings.VAR_DIR / "build")


@pytest.fixture
def site(live_server):
    """The address of a site with the shipped course and the information pages."""
    a_home()
    call_command("load_pages", verbosity=0)
    call_command("load_course", str(PACK), verbosity=0)
    return live_server.url


@pytest.fixture
def open_page(browser, site):
    """Return a function that opens a page in a fresh browser profile."""
    contexts = []

    def open_at(path="/", *, width=360, scripts=True, scheme="light"):
        context = browser.new_context(
            base_url=site,
            viewport={"width": width, "height": 740},
            java_script_enabled=scripts,
            color_scheme=scheme,
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.problems = []
        page.on("console", lambda message: _note(page, message))
        page.on("request", lambda request: _watch(page, request, site))
        page.goto(path)
        return page

    yield open_at
    problems = [p for c in contexts for page in c.pages for p in page.problems]
    for context in contexts:
        context.close()
    assert not problems, problems


def _note(page, message):
    if message.type == "error" and not re.search(r"status of 4\d\d", message.text):
        page.problems.append(message.text)


def _watch(page, request, site):
    if not request.url.startswith((site, "data:")):
        page.problems.append(f"A request left the site: {request.url}")

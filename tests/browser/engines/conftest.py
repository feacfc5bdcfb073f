"""The engines that readers use, before a server that answers over HTTPS.

Over HTTPS browsers keep pages for Back by other rules than over HTTP.
"""

import os
import ssl
from contextlib import suppress
from functools import partial

import pytest
import trustme
from django.db import connections
from django.test.testcases import LiveServerThread
from django.test.utils import modify_settings
from pytest_django.live_server_helper import LiveServer
from selenium.common.exceptions import WebDriverException
from urllib3.exceptions import HTTPError

from tests.browser.engines.launching import (
    NEEDS,
    STARTS,
    missing_programs,
    virtual_screen,
)
from tests.browser.engines.reading import Reader

# What is raised when a browser, or its driver, does not answer.
LOST = (WebDriverException, HTTPError)
LONGEST_LOAD = 60  # seconds, for a page that never ends; a driver by itself waits 300


class SecureServer(LiveServerThread.server_class):
    """Django's test server, answering over HTTPS."""

    certificate = None

    def server_bind(self):
        super().server_bind()
        self.base_environ["HTTPS"] = "on"
        # The handshake is left to the thread that answers: browsers open
        # connections that they do not use, and everybody would wait for these.
        self.socket = self.certificate.wrap_socket(
            self.socket, server_side=True, do_handshake_on_connect=False
        )

    def handle_error(self, request, client_address):
        """Say nothing of connections that a browser ended."""


@pytest.fixture(scope="session")
def https_server(live_server):
    """The address of a second server before the same database, over HTTPS."""
    SecureServer.certificate = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trustme.CA().issue_cert("localhost").configure_cert(SecureServer.certificate)
    server = LiveServer("localhost", start=False)
    server.thread.server_class = SecureServer
    server.start()
    with modify_settings(ALLOWED_HOSTS={"append": "localhost"}):
        yield f"https://localhost:{server.thread.port}"
    server.stop()


@pytest.fixture
def secure_site(https_server, site, settings):
    """The shipped course over HTTPS, with the cookies that go with it."""
    settings.SESSION_COOKIE_SECURE = True
    settings.CSRF_COOKIE_SECURE = True
    settings.SITE_URL = https_server
    return https_server


@pytest.fixture(scope="session")
def screen():
    """A screen for the engine that cannot do without one."""
    if missing_programs("webkit"):
        yield
        return
    with virtual_screen() as display, pytest.MonkeyPatch.context() as patch:
        patch.setenv("DISPLAY", display)
        yield


@pytest.fixture(scope="session", params=list(NEEDS))
def engine(request):
    """The name of an engine; where it is not installed, CI fails."""
    missing = missing_programs(request.param)
    if missing and os.environ.get("CI") == "true":
        pytest.fail(f"{request.param} needs {', '.join(missing)}, and this is CI.")
    if missing:
        pytest.skip(f"{request.param} needs {', '.join(missing)}.")
    return request.param


@pytest.fixture(scope="session", params=[True], ids=["scripts on"])
def scripts(request):
    """Whether the scripts of pages run; `both_ways` asks for both."""
    return request.param


class KeptBrowser:
    """A browser of an engine, for all the tests that take it one after the other."""

    def __init__(self, start):
        self._start, self._driver = start, None

    def driver(self):
        """Return its driver; that of a new one, if no page comes in this any more."""
        if self._driver and not self._answers():
            self.quit()
        if not self._driver:
            self._driver = self._start()
            self._driver.set_page_load_timeout(LONGEST_LOAD)
        return self._driver

    def _answers(self):
        try:
            self._driver.get("about:blank")
        except LOST:
            return False
        return True

    def quit(self):
        with suppress(*LOST):
            self._driver.quit()
        self._driver = None


@pytest.fixture(scope="session")
def kept_browser(engine, scripts, screen):
    browser = KeptBrowser(partial(STARTS[engine], scripts=scripts))
    browser.driver()
    yield browser
    browser.quit()


@pytest.fixture
def driver(kept_browser):
    return kept_browser.driver()


@pytest.fixture
def open_reader(driver, secure_site):
    """Return a function that gives somebody a browser that remembers nobody."""
    forget(driver, secure_site)

    def open_at(path="/", *, width=500):
        driver.set_window_size(width, 900)
        reader = Reader(driver, secure_site)
        reader.go(path)
        return reader

    yield open_at
    connections.close_all()


def forget(driver, site):
    """Leave nothing that was kept for who came before, and a tab that nobody went Back in."""
    Reader(driver, site).forget_all()
    before = driver.window_handles
    driver.switch_to.new_window("tab")
    fresh = driver.current_window_handle
    for tab in before:
        driver.switch_to.window(tab)
        driver.close()
    driver.switch_to.window(fresh)

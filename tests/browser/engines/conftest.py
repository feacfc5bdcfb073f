"""The engines that readers use, before a server that answers over HTTPS.

Over HTTPS browsers keep pages for Back by other rules than over HTTP.
"""

import os
import ssl

import pytest
import trustme
from django.db import connections
from django.test.testcases import LiveServerThread
from django.test.utils import modify_settings
from pytest_django.live_server_helper import LiveServer

from tests.browser.engines.launching import (
    NEEDS,
    STARTS,
    missing_programs,
    virtual_screen,
)
from tests.browser.engines.reading import Reader

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


@pytest.fixture(scope="session")
def driver(engine, scripts, screen):
    """A browser of this engine, for all the tests that take it one after the other."""
    driver = STARTS[engine](scripts=scripts)
    driver.set_page_load_timeout(LONGEST_LOAD)
    yield driver
    driver.quit()


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
    """Leave no cookie of who came before, and a tab that nobody went Back in."""
    Reader(driver, site).forget_cookies()
    before = driver.window_handles
    driver.switch_to.new_window("tab")
    fresh = driver.current_window_handle
    for tab in before:
        driver.switch_to.window(tab)
        driver.close()
    driver.switch_to.window(fresh)

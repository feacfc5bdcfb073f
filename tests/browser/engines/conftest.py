"""The engines that readers use, before a server that answers over HTTPS.

Over HTTPS browsers keep pages for Back by other rules than over HTTP.
"""

import os
import ssl
from contextlib import ExitStack

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
    return https_server


@pytest.fixture(scope="session")
def screen():
    if missing_programs("webkit"):
        yield ""
        return
    with virtual_screen() as display:
        yield display


@pytest.fixture(params=list(NEEDS))
def engine(request):
    """The name of an engine; where it is not installed, CI fails."""
    missing = missing_programs(request.param)
    if missing and os.environ.get("CI") == "true":
        pytest.fail(f"{request.param} needs {', '.join(missing)}, and this is CI.")
    if missing:
        pytest.skip(f"{request.param} needs {', '.join(missing)}.")
    return request.param


@pytest.fixture
def open_reader(engine, secure_site, screen, monkeypatch):
    """Return a function that gives somebody a fresh browser of this engine."""
    monkeypatch.setenv("DISPLAY", screen)
    with ExitStack() as opened:

        def open_at(path="/", *, scripts=True, width=500, **options):
            driver = STARTS[engine](scripts=scripts, **options)
            opened.callback(driver.quit)
            driver.set_window_size(width, 900)
            reader = Reader(driver, secure_site)
            reader.go(path)
            return reader

        yield open_at
    connections.close_all()


@pytest.fixture(params=[True, False], ids=["scripts on", "scripts off"])
def scripts(request):
    return request.param

"""What a test reads after a click is the whole page, however slow the line is."""

import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

START = (
    b"<a href='/slow'>Go</a><form method=post action=/slow><button>Send</button></form>"
)


class SlowLine(BaseHTTPRequestHandler):
    """Answers with the beginning of a page, and with its end half a second later."""

    def log_message(self, *args):
        """Keep out of the tests' output."""

    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        if self.path == "/":
            self.wfile.write(START)
            return
        self.wfile.write(b"<!doctype html><title>Slow</title>" + b" " * 2000)
        self.wfile.flush()
        time.sleep(0.5)
        self.wfile.write(b"<h1>All here</h1>")

    do_POST = do_GET  # noqa: N815 - the library calls it so


@pytest.fixture
def slow_site():
    server = ThreadingHTTPServer(("127.0.0.1", 0), SlowLine)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


ACTIONS = {
    "a link": lambda page: page.get_by_role("link").click(),
    "a button": lambda page: page.get_by_role("button").click(),
    "Enter on a link": lambda page: page.get_by_role("link").press("Enter"),
    "a click by selector": lambda page: page.click("a"),
}


@pytest.mark.parametrize("scripts", [False, True], ids=["scripts off", "scripts on"])
@pytest.mark.parametrize("name", ACTIONS)
def test_an_action_waits_for_the_end_of_the_page(browser, slow_site, name, scripts):
    page = browser.new_page(java_script_enabled=scripts)
    page.goto(slow_site)
    ACTIONS[name](page)
    assert page.get_by_role("heading", name="All here").is_visible()
    page.close()


def test_waiting_by_text_that_a_page_evaluates_is_refused(browser):
    page = browser.new_page()
    with pytest.raises(AssertionError, match="wait_until_true"):
        page.wait_for_function("true")
    page.close()

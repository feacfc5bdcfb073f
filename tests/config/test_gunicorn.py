"""What gunicorn, as it is set up here, believes of a request."""

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.redis_server import free_port
from tests.waiting import PATIENCE, wait_until

ROOT = Path(__file__).parents[2]
# It says what it was told, so that no database is needed.
ECHO = """
def application(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [repr((environ["SCRIPT_NAME"], environ["PATH_INFO"])).encode()]
"""


@pytest.fixture
def served(tmp_path):
    """The port of an application that says what it was told."""
    (tmp_path / "echo.py").write_text(ECHO)
    port = free_port()
    process = subprocess.Popen(
        [
            *(sys.executable, "-m", "gunicorn", "--chdir", str(tmp_path)),
            *("--config", str(ROOT / "config" / "gunicorn.py"), "echo"),
        ],
        env=os.environ
        | {"HOST": "127.0.0.1", "PORT": str(port), "WEB_CONCURRENCY": "1"},
    )
    wait_until(lambda: answers(port))
    yield port
    process.send_signal(signal.SIGTERM)
    process.wait(PATIENCE)


def answers(port):
    with socket.socket() as one:
        return one.connect_ex(("127.0.0.1", port)) == 0


@pytest.mark.parametrize("name", ["SCRIPT_NAME", "Script-Name", "PATH_INFO"])
def test_a_header_does_not_say_where_the_site_lives(served, name):
    with socket.create_connection(("127.0.0.1", served), timeout=5) as visitor:
        lines = ["GET /a/b/ HTTP/1.1", "Host: a", f"{name}: /a", "Connection: close"]
        visitor.sendall("\r\n".join([*lines, "", ""]).encode())
        said = b"".join(iter(lambda: visitor.recv(4096), b"")).decode()
    assert "200 OK" in said
    assert "('', '/a/b/')" in said


def test_links_do_not_follow_a_script_name(client, lesson):
    page = client.get(lesson.url, SCRIPT_NAME="/elsewhere").content.decode()
    assert "/elsewhere" not in page

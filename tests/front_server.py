"""A server in front, as README asks for one: HTTPS outside, plain HTTP to Anteroom."""

# ruff: noqa: N815 - the library calls its handlers so

import contextlib
import http.client
import ssl
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import trustme

# What belongs to one connection only.
OWN = {"connection", "keep-alive", "transfer-encoding", "content-length"}


class FrontServer(ThreadingHTTPServer):
    """Passes on `Host`, sets `X-Forwarded-Proto` and adds to `X-Forwarded-For`."""

    def __init__(self, folder):
        super().__init__(("127.0.0.1", 0), _Handler)
        authority = trustme.CA()
        self.certificate = str(folder / "authority.pem")
        authority.cert_pem.write_to_path(self.certificate)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        authority.issue_cert("localhost").configure_cert(context)
        self.socket = context.wrap_socket(self.socket, server_side=True)
        self.url = f"https://localhost:{self.server_port}"
        self.behind = None

    def handle_error(self, request, client_address):
        """Say nothing of connections that a visitor ended."""


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        length = int(self.headers.get("Content-Length") or 0)
        inside = http.client.HTTPConnection(*self.server.behind, timeout=60)
        with contextlib.closing(inside):
            inside.request(
                self.command, self.path, self.rfile.read(length), self._passed_on()
            )
            answer = inside.getresponse()
            self._answer(answer, answer.read())

    do_POST = do_GET

    def _passed_on(self):
        before = self.headers.get("X-Forwarded-For")
        said = {
            key: self.headers[key] for key in self.headers if key.lower() not in OWN
        }
        added = [*filter(None, [before]), self.client_address[0]]
        return said | {
            "X-Forwarded-Proto": "https",
            "X-Forwarded-For": ", ".join(added),
        }

    def _answer(self, answer, body):
        self.send_response_only(answer.status)
        for key, value in answer.getheaders():
            if key.lower() not in OWN:
                self.send_header(key, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@contextlib.contextmanager
def running(folder):
    """Give a server in front; whoever starts the site says what is `behind` it."""
    with FrontServer(folder) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()

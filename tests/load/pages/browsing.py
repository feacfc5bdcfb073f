"""A browser without scripts that asks a WSGI application, as a server would."""

import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urljoin, urlsplit

REDIRECTS = (301, 302, 303, 307, 308)
MOST_REDIRECTS = 5


@dataclass(frozen=True)
class Answer:
    """What the application answered to one request."""

    status_code: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    path: str

    @cached_property
    def text(self) -> str:
        return self.body.decode()

    def header(self, name: str) -> str:
        """Return the value of the first header of this name, or ""."""
        found = (value for key, value in self.headers if key.lower() == name.lower())
        return next(found, "")

    @property
    def location(self) -> str:
        return urljoin(self.path, self.header("Location"))


class WsgiBrowser:
    """Keeps cookies, sends forms and counts its requests."""

    def __init__(self, application, host: str = "127.0.0.1:8000", headers=()):
        self._application = application
        self._host = host
        self._headers = dict(headers)
        self.cookies = SimpleCookie()
        self.requests = 0

    @property
    def cookie(self) -> str:
        """Return the header of all cookies, or ""."""
        return "; ".join(f"{k}={m.coded_value}" for k, m in self.cookies.items())

    def get(self, path: str, *, follow: bool = False, headers=()) -> Answer:
        """Return the answer to a GET; with `follow`, the one at the end."""
        return self._ask("GET", path, b"", follow, dict(headers))

    def post(self, path: str, fields: dict, *, follow: bool = False) -> Answer:
        """Send the fields as a form does, with the token against forged requests."""
        token = self.cookies["csrftoken"].value
        sent = urlencode({"csrfmiddlewaretoken": token, **fields}, doseq=True)
        return self._ask("POST", path, sent.encode(), follow, {})

    def prepare(self, path: str) -> Callable[[], bytes]:
        """Return what asks the application for the page, as who this is now.

        The request is made beforehand, so that it takes no part in what is timed.
        """
        environ = self._environ("GET", path, b"", {})

        def ask() -> bytes:
            status = []
            given = environ | {"wsgi.input": io.BytesIO()}
            chunks = self._application(
                given, lambda line, _headers: status.append(line)
            )
            sent = b"".join(chunks)
            chunks.close()
            if status != ["200 OK"]:
                raise RuntimeError(f"{path} answered {status}.")
            return sent

        return ask

    def _ask(self, method, path, body, follow, headers):
        answer = self._send(method, path, body, headers)
        for _redirect in range(MOST_REDIRECTS):
            if not (follow and answer.status_code in REDIRECTS):
                break
            answer = self._send("GET", answer.location, b"", headers)
        if answer.status_code >= 400:
            raise RuntimeError(f"{method} {path} answered {answer.status_code}.")
        return answer

    def _send(self, method, path, body, headers):
        self.requests += 1
        begun = {}

        def start_response(status, response_headers, exc_info=None):
            begun.update(status=int(status[:3]), headers=response_headers)

        environ = self._environ(method, path, body, headers)
        chunks: Iterable[bytes] = self._application(environ, start_response)
        try:
            sent = b"".join(chunks)
        finally:
            close = getattr(chunks, "close", None)
            if close:
                close()
        self._keep_cookies(begun["headers"])
        return Answer(begun["status"], tuple(begun["headers"]), sent, path)

    def _keep_cookies(self, headers):
        for name, value in headers:
            if name == "Set-Cookie":
                self.cookies.load(value)
        gone = [name for name, kept in self.cookies.items() if kept["max-age"] == 0]
        for name in gone:
            del self.cookies[name]

    def _environ(self, method, path, body, headers):
        parts = urlsplit(path)
        name, _, port = self._host.partition(":")
        given = self._headers | headers
        if self.cookie:
            given["Cookie"] = self.cookie
        asked = {f"HTTP_{k.upper().replace('-', '_')}": v for k, v in given.items()}
        return asked | {
            "REQUEST_METHOD": method,
            "PATH_INFO": parts.path,
            "QUERY_STRING": parts.query,
            "SCRIPT_NAME": "",
            "SERVER_NAME": name,
            "SERVER_PORT": port or "80",
            "HTTP_HOST": self._host,
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1",
            "CONTENT_TYPE": "application/x-www-form-urlencoded" if body else "",
            "CONTENT_LENGTH": str(len(body)) if body else "",
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(body),
            "wsgi.errors": io.StringIO(),
            "wsgi.multithread": True,
            "wsgi.multiprocess": True,
            "wsgi.run_once": False,
        }

"""A browser without scripts that asks a server on this machine."""

import http.client

from tests.load.pages.browsing import Answer, WsgiBrowser

MOST_SECONDS = 60


class HttpBrowser(WsgiBrowser):
    """Keeps cookies and sends forms, each request over a connection of its own."""

    def __init__(self, port: int, headers=()):
        super().__init__(None, headers=headers)
        self._port = port

    def _send(self, method, path, body, headers):
        self.requests += 1
        given = {"Host": self._host, "Connection": "close"} | self._headers | headers
        if self.cookie:
            given["Cookie"] = self.cookie
        if body:
            given["Content-Type"] = "application/x-www-form-urlencoded"
        connection = http.client.HTTPConnection(
            "127.0.0.1", self._port, timeout=MOST_SECONDS
        )
        try:
            connection.request(method, path.partition("#")[0], body or None, given)
            response = connection.getresponse()
            sent = response.read()
        finally:
            connection.close()
        self._keep_cookies(response.getheaders())
        return Answer(response.status, tuple(response.getheaders()), sent, path)

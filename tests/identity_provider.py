"""A small OpenID Connect server on this machine, for tests to sign in with."""

import contextlib
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode, urlparse

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
CLIENT_ID = "anteroom"
SECRET = "shared between the two"


class Provider(ThreadingHTTPServer):
    """Says who comes: `claims` are in its token; `answers` False makes it fail."""

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Handler)
        self.url = f"http://127.0.0.1:{self.server_port}"
        self.claims = {}
        self.answers = True
        self.offers = {}
        self.asked = []

    def settings(self, name="Clinic account"):
        """Return the settings of the site that lead to this server."""
        app = {
            "provider_id": "sso",
            "name": name,
            "client_id": CLIENT_ID,
            "secret": SECRET,
            "settings": {"server_url": self.url},
        }
        provider = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}}
        return {
            "OIDC_SERVER_URL": self.url,
            "OIDC_NAME": name,
            "SOCIALACCOUNT_PROVIDERS": provider,
        }

    def token(self):
        now = int(time.time())
        held = {"iss": self.url, "aud": CLIENT_ID, "iat": now, "exp": now + 60}
        return jwt.encode(
            held | self.claims, KEY, algorithm="RS256", headers={"kid": "1"}
        )


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        path, query = urlparse(self.path).path, parse_qs(urlparse(self.path).query)
        if not self.server.answers:
            self.send_error(503)
        elif path == "/authorize":
            self.server.asked.append(query)
            back = {"code": "one-time", "state": query["state"][0]}
            self.send_response(302)
            location = f"{query['redirect_uri'][0]}?{urlencode(back)}"
            self.send_header("Location", location)
            self.end_headers()
        else:
            self._say(self._document(path))

    def do_POST(self):
        length = int(self.headers["Content-Length"])
        sent = parse_qs(self.rfile.read(length).decode())
        is_ours = sent["client_secret"] == [SECRET] and "code_verifier" in sent
        if sent["code"] != ["one-time"] or not is_ours:
            self.send_error(400)
            return
        token = {"access_token": "access", "token_type": "Bearer"}
        self._say(token | {"id_token": self.server.token()})

    def _document(self, path):
        url = self.server.url
        return {
            "/.well-known/openid-configuration": {
                "issuer": url,
                "authorization_endpoint": f"{url}/authorize",
                "token_endpoint": f"{url}/token",
                "userinfo_endpoint": f"{url}/userinfo",
                "jwks_uri": f"{url}/jwks",
                "token_endpoint_auth_methods_supported": ["client_secret_post"],
            }
            | self.server.offers,
            "/userinfo": self.server.claims,
            "/jwks": {"keys": [self._public_key()]},
        }[path]

    def _public_key(self):
        public = jwt.algorithms.RSAAlgorithm.to_jwk(KEY.public_key(), as_dict=True)
        return public | {"kid": "1", "alg": "RS256", "use": "sig"}

    def _say(self, document):
        body = json.dumps(document).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        """Say nothing: the test run is no place for an access log."""


@contextlib.contextmanager
def running():
    """Give a provider that answers until the end of the block."""
    with Provider() as provider:
        thread = threading.Thread(target=provider.serve_forever, daemon=True)
        thread.start()
        try:
            yield provider
        finally:
            provider.shutdown()
            thread.join()

"""Pages as they were sent, ready to be sent again: headers, body and validator."""

import gzip
import hashlib
import time
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus

import brotli
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import get_conditional_response, patch_vary_headers

from page_cache.content_version import ALIAS, LIFE
from page_cache.days import local_day
from page_cache.memory import recall_page
from page_cache.release import release_digest
from page_cache.rules import choose_coding

# The view of Wagtail's that serves all pages of the tree.
_VIEW = "wagtail_serve"
# What the key of a page holds, so that an answer may differ by it.
_VARIES_BY = {"cookie"}
# The smallest first. Each page is packed once; Brotli's default, 11, takes three times as
# long for a fiftieth less.
_COMPRESS: dict[str, Callable[[bytes], bytes]] = {
    "br": lambda body: brotli.compress(body, mode=brotli.MODE_TEXT, quality=10),
    "gzip": lambda body: gzip.compress(body, mtime=0),
}
_CODINGS = tuple(_COMPRESS)


@dataclass(frozen=True)
class VisitorPage:
    """A page in one content coding."""

    headers: dict[str, str]
    body: bytes
    until: float
    """When it is out of date at the latest, in seconds as `time.time` counts them."""

    def answer(self, request: HttpRequest) -> HttpResponse:
        """Return the page, or 304 where the browser has it already."""
        response = HttpResponse(self.body, headers=self.headers)
        return get_conditional_response(request, self.headers["ETag"], None, response)


def is_for_everybody(request: HttpRequest) -> bool:
    """Return whether whoever asks this way gets what every visitor gets."""
    meta = request.META
    return (
        request.method in ("GET", "HEAD")
        and not (meta.get("HTTP_COOKIE") or meta.get("QUERY_STRING"))
        and not meta.get("HTTP_AUTHORIZATION")
        and not is_preview(request)
    )


def is_preview(request: HttpRequest) -> bool:
    """Return whether Wagtail made the request itself, to show a draft."""
    return getattr(request, "is_dummy", False)


def is_page_of_tree(request: HttpRequest) -> bool:
    """Return whether the address leads to a page of the tree, or below one."""
    match = request.resolver_match
    return bool(match) and match.view_name == _VIEW


def may_be_kept(request: HttpRequest, response: HttpResponse) -> bool:
    """Return whether the answer is a page of the tree that every visitor may be sent.

    A form would hold a token of one person: it sets a cookie, and is not kept.
    """
    varies = {part.strip().lower() for part in response.get("Vary", "").split(",")}
    return (
        response.status_code == HTTPStatus.OK
        and is_page_of_tree(request)
        and not (response.streaming or response.cookies)
        and not response.has_header("Cache-Control")
        and not response.has_header("Content-Encoding")
        and "nonce-" not in response.get("Content-Security-Policy", "")
        and varies <= _VARIES_BY | {""}
    )


def page_key(request: HttpRequest, version: str) -> str:
    """Return what a page is kept under: all that it may differ by, and the version.

    The date is that of the site: a review date passes at midnight.
    """
    differs_by = (
        request.scheme,
        request.get_host(),
        request.path,
        translation.get_language(),
        local_day(),
        release_digest(),
    )
    digest = hashlib.sha256(repr(differs_by).encode())
    return f"{version}:{digest.hexdigest()}"


def find_page(request: HttpRequest, key: str) -> VisitorPage | None:
    """Return the page in the coding that the browser takes, if it is kept."""
    name = f"{key}:{_coding_for(request)}"
    version = key.partition(":")[0]
    page = recall_page(version, name, lambda: caches[ALIAS].get(name))
    return page if page and page.until > time.time() else None


def keep_page(key: str, response: HttpResponse) -> None:
    """Keep the page in all codings that it may be asked for in."""
    for coding in ("", *_CODINGS):
        caches[ALIAS].set(f"{key}:{coding}", _encode_page(response, coding), LIFE)


def page_for(request: HttpRequest, response: HttpResponse) -> VisitorPage:
    """Return the page that was just built, in the coding that the browser takes."""
    return _encode_page(response, _coding_for(request))


def _coding_for(request):
    return choose_coding(request.META.get("HTTP_ACCEPT_ENCODING", ""), _CODINGS)


def _encode_page(response, coding):
    patch_vary_headers(response, ("Accept-Encoding", "Cookie"))
    body = _COMPRESS[coding](response.content) if coding else response.content
    # Browsers and proxies may keep it, and ask each time whether it is still so.
    headers = dict(response.headers) | {
        "Cache-Control": "no-cache",
        "ETag": f'"{hashlib.sha256(body).hexdigest()[:32]}"',
        "Content-Length": str(len(body)),
    }
    if coding:
        headers["Content-Encoding"] = coding
    return VisitorPage(headers, body, time.time() + LIFE)

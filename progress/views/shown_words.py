"""Shows new words once: a signed cookie carries them to the page, for ten minutes."""

import datetime as dt

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from accounts.identity import identity_for
from accounts.signed_values import read_signed_value, sign_value
from progress.rules.resume_words import Words

COOKIE = "resume_words"
_SALT = "progress.shown_words"
_LASTS = dt.timedelta(minutes=10)


def show_words(request: HttpRequest, response: HttpResponse, words: Words) -> None:
    """Let the next page show the words to this person."""
    response.set_cookie(
        COOKIE,
        sign_value([identity_for(request).mark, *words], salt=_SALT),
        max_age=_LASTS,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def words_to_show(request: HttpRequest) -> Words:
    """Return the words made for this person in the last ten minutes; empty if none."""
    value = request.COOKIES.get(COOKIE, "")
    held = read_signed_value(value, tuple, salt=_SALT, max_age=_LASTS)
    return held[1:] if held and held[0] == identity_for(request).mark else ()


def drop_shown_words(
    request: HttpRequest, response: HttpResponse, mark: str = ""
) -> None:
    """Delete the cookie with the words."""
    response.delete_cookie(COOKIE, samesite="Lax")

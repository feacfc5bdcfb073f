"""Which learner is this request from?

The browser keeps a random token in a signed cookie. Nothing is stored on the
server before the learner's first deed, so a cookie may name nobody yet.
"""

import uuid

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from accounts.models import Learner

COOKIE = "learner"
_SALT = "accounts.learner"


def token_in(request: HttpRequest) -> uuid.UUID | None:
    """Return the token in the cookie, or None if there is none or it was altered."""
    try:
        return uuid.UUID(request.get_signed_cookie(COOKIE, salt=_SALT))
    except (KeyError, ValueError, signing.BadSignature):
        return None


def learner_for(request: HttpRequest) -> Learner | None:
    """Return the learner behind the request, asked of the database at most once."""
    if not hasattr(request, "_learner"):
        token = token_in(request)
        request._learner = (
            token and Learner.objects.present().filter(token=token).first()
        )
    return request._learner


def remember(response: HttpResponse, token: uuid.UUID) -> None:
    """Have the browser keep the token for as long as an idle learner is kept."""
    response.set_signed_cookie(
        COOKIE,
        str(token),
        salt=_SALT,
        max_age=settings.LEARNER_IDLE_DAYS * 24 * 60 * 60,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def forget(response: HttpResponse) -> None:
    """Have the browser drop the token."""
    response.delete_cookie(COOKIE, samesite="Lax")

"""A device in a waiting room, which people use one after the other.

The mode is a signed cookie that holds when somebody last did something. Nothing about
a person is in it, and it is the only cookie that stays when a person has finished.
"""

import datetime as dt

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from accounts.signed_values import read_signed_value, sign_value

COOKIE = "tablet"
_SALT = "home.tablet_mode"
# Browsers keep no cookie for longer (RFC 6265bis, 5.5).
_LASTS = dt.timedelta(days=400)
# Longer than anybody reads one page without touching it. Scripts end it much sooner.
IDLE_ENDS = dt.timedelta(minutes=10)


def read_last_action(request: HttpRequest) -> dt.datetime | None:
    """Return when somebody last did something on the device; None outside the mode."""
    value = request.COOKIES.get(COOKIE, "")
    return read_signed_value(value, dt.datetime.fromisoformat, salt=_SALT)


def keep_mode(response: HttpResponse, at: dt.datetime) -> None:
    """Put the device into the mode, or keep it there; something was done now."""
    response.set_cookie(
        COOKIE,
        sign_value(at.isoformat(), salt=_SALT),
        max_age=_LASTS,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def leave_mode(response: HttpResponse) -> None:
    response.delete_cookie(COOKIE, samesite="Lax")


def wipe_person(request: HttpRequest, response: HttpResponse) -> None:
    """Make the device forget everything but its mode.

    Cookies go by name: the header would take the mode with them.
    """
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    if settings.SESSION_COOKIE_NAME in request.COOKIES:
        request.session.flush()
    for name in request.COOKIES:
        if name != COOKIE:
            response.delete_cookie(name, samesite="Lax")

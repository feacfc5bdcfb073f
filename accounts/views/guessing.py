"""Codes that somebody may guess: bad tries are counted by all processes together."""

from collections.abc import Callable
from typing import TypeVar

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.core.internal.ratelimit import consume, respond_429
from django.http import HttpRequest

Found = TypeVar("Found")


def look_up_code(
    request: HttpRequest, find: Callable[[], Found | None], *, action: str
) -> Found | None:
    """Return what `find` finds by a code, or None. Only bad tries are counted.

    After too many, the right code opens nothing either: the page “Too many attempts” is
    the response, whatever the view does. `action` is a name in ACCOUNT_RATE_LIMITS.
    """
    # Counted before the look, so that tries at the same moment cannot pass together.
    counted = consume(request, app="allauth.account", action=action, limit_get=True)
    if counted is None:
        raise ImmediateHttpResponse(respond_429(request))
    found = find()
    if found is not None:
        counted.rollback()
    return found

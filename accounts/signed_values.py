"""Values that a browser or a link carries for the site, signed.

A release may change what a value holds while browsers and e-mails still carry the old
form. So a value that cannot be read counts as absent, and is never an error.
"""

import datetime as dt
from collections.abc import Callable
from typing import TypeVar

from django.core import signing

Value = TypeVar("Value")


def sign_value(value: object, *, salt: str) -> str:
    """Return the value, which JSON can carry, as signed text for a cookie or a link."""
    return signing.dumps(value, salt=salt, compress=True)


def read_signed_value(
    text: str,
    parse: Callable[..., Value],
    *,
    salt: str,
    max_age: dt.timedelta | None = None,
) -> Value | None:
    """Return what `parse` makes of the signed value.

    None if the text was altered, is older than `max_age`, or holds a value that `parse`
    cannot read: `parse` raises TypeError, ValueError or LookupError for that.
    """
    try:
        return parse(signing.loads(text, salt=salt, max_age=max_age))
    except (signing.BadSignature, TypeError, ValueError, LookupError):
        return None

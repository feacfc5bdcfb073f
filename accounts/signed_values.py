"""Signed values that a browser or a link carries for the site.

A release may change a value's format while browsers and e-mails still carry the old
one. So a value that cannot be read counts as missing, never as an error.
"""

import datetime as dt
from collections.abc import Callable
from typing import TypeVar

from django.core import signing

Value = TypeVar("Value")


def sign_value(value: object, *, salt: str) -> str:
    """Return the JSON-compatible value as signed text for a cookie or a link."""
    return signing.dumps(value, salt=salt, compress=True)


def read_signed_value(
    text: str,
    parse: Callable[..., Value],
    *,
    salt: str,
    max_age: dt.timedelta | None = None,
) -> Value | None:
    """Return what `parse` makes of the signed value.

    None if the text was altered, is older than `max_age`, or contains a value that
    `parse` cannot read: `parse` raises TypeError, ValueError or LookupError for that.
    """
    try:
        return parse(signing.loads(text, salt=salt, max_age=max_age))
    except (signing.BadSignature, TypeError, ValueError, LookupError):
        return None

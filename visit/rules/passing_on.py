"""A list of questions in an address, as a QR code passes it on: ids only. Pure.

A key is 22 letters of URL-safe Base64 (RFC 4648, section 5), so that the code of a
whole list stays coarse enough for an old camera.
"""

import base64
import binascii
import uuid
from collections.abc import Iterable

MOST_QUESTIONS = 30
_BETWEEN = "."
_LENGTH = 22


def write_keys(keys: Iterable[uuid.UUID]) -> str:
    """Return the keys as letters that an address can hold."""
    return _BETWEEN.join(_write(key) for key in keys)


def read_keys(text: str) -> list[uuid.UUID]:
    """Return the keys in the text, each once, up to the most that a list can hold.

    Parts that are not keys are left out: a code may be cut off or altered.
    """
    parts = text.split(_BETWEEN)[:MOST_QUESTIONS]
    found = (_read(part) for part in parts)
    return list(dict.fromkeys(key for key in found if key))


def _write(key: uuid.UUID) -> str:
    return base64.urlsafe_b64encode(key.bytes).decode().rstrip("=")


def _read(part: str) -> uuid.UUID | None:
    if len(part) != _LENGTH:
        return None
    try:
        return uuid.UUID(bytes=base64.urlsafe_b64decode(f"{part}=="))
    except (binascii.Error, ValueError):
        return None

"""Digests to find out whether two values are the same. Pure."""

import hashlib
import json
from typing import Any


def canonical_json(value: Any) -> str:
    """Return the value as canonical JSON: sorted keys, no spaces, no escapes.

    Values that are equal in JSON have the same text.
    """
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def digest_json(value: Any) -> str:
    """Return the sha256 of the value's canonical JSON in UTF-8, 64 hex digits."""
    return digest_text(canonical_json(value))


def digest_text(text: str) -> str:
    """Return the sha256 of the text in UTF-8, 64 hex digits.

    Lone surrogates, which a broken file can contain, are allowed.
    """
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()

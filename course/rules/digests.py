"""Digests that say whether two values are the same. Pure."""

import hashlib
import json
from typing import Any


def canonical_json(value: Any) -> str:
    """Return the value as JSON in one spelling: keys sorted, no spaces, no escapes.

    Two values that JSON cannot tell apart have the same text.
    """
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def digest_json(value: Any) -> str:
    """Return the sha256 of the value's canonical JSON in UTF-8, 64 hex digits."""
    return digest_text(canonical_json(value))


def digest_text(text: str) -> str:
    """Return the sha256 of the text in UTF-8, 64 hex digits.

    Half a surrogate pair, which a broken file can hold, counts as it stands.
    """
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()

"""The text of `/.well-known/security.txt` (RFC 9116)."""

import datetime as dt

VALID = dt.timedelta(days=90)


def security_text(contact: str, *, at: dt.datetime) -> str:
    """Return the text that names the contact, valid for 90 days from `at`."""
    expires = (at + VALID).strftime("%Y-%m-%dT00:00:00Z")
    return f"Contact: {contact}\nExpires: {expires}\nPreferred-Languages: en\n"

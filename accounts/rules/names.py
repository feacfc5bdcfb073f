"""One rule for people's names and one for e-mail addresses. Pure.

Forms, rosters, single sign-on, commands and model fields (`accounts.fields`) all use
these rules, so that stored names are the same wherever they come from.
"""

import re
import unicodedata
from collections.abc import Iterator

import idna

LONGEST_NAME = 150

# Invisible characters that no name needs: zero-width spaces, byte order marks,
# direction marks and embeddings, soft hyphens, and fillers that look like a space.
_UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f\u202a-\u202e"
    "\u2060-\u206f\u2800\u3164\ufeff\uffa0\ufff9-\ufffb"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a]"
    # Tags, which are only used in flags: England's, Scotland's and Wales's.
    "|(?<![\U0001f3f4\U000e0020-\U000e007f])[\U000e0000-\U000e007f]+"
)
_JOINERS = frozenset("\u200c\u200d")
_UNJOINED = ("LATIN", "GREEK", "CYRILLIC", "DIGIT")
_VIRAMA = 9  # its canonical combining class in Unicode
# Tabs and line ends only separate words; other control characters never belong in one.
_CONTROL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]"
)


def clean_name(text: str) -> str:
    """Return the name as stored: no invisible characters, single spaces.

    Joiners are kept where Persian, Arabic, Indic scripts and emoji need them: between
    two characters, and after a virama (Unicode 16, 9.2, 12.1, 23.2). Control characters
    are kept too, so that they can be refused: see `control_character_in`.
    """
    seen = _UNSEEN.sub("", text)
    kept = seen if _JOINERS.isdisjoint(seen) else "".join(_with_joiners(seen))
    return re.sub(r"[^\S\x0b\x0c\x1c-\x1f]+", " ", kept).strip()


def _with_joiners(text: str) -> Iterator[str]:
    for place, sign in enumerate(text):
        if sign not in _JOINERS or _joins(text, place):
            yield sign


def _joins(text: str, place: int) -> bool:
    before, after = text[:place][-1:], text[place + 1 :][:1]
    if not before or before.isspace() or before in _JOINERS:
        return False
    if unicodedata.combining(before) == _VIRAMA:
        return True
    if not after or after.isspace() or after in _JOINERS:
        return False
    return not unicodedata.name(before, "").startswith(_UNJOINED)


def clean_address(text: str) -> str:
    """Return the e-mail address as stored: lower case, no invisible characters.

    Addresses are always compared without regard to case, so that case locks nobody out
    (RFC 5321, 2.4 leaves it to the receiving host; no host in use distinguishes them).
    A domain is stored in its own script, however it was written: bücher.example and
    xn--bcher-kva.example are the same (RFC 5891, UTS 46).
    """
    seen = re.sub("[\u200c\u200d]", "", _UNSEEN.sub("", text)).strip().lower()
    local, at, domain = seen.rpartition("@")
    return local + at + _in_own_script(domain)


def _in_own_script(domain: str) -> str:
    if domain.isascii() and "xn--" not in domain:
        return domain
    try:
        return idna.decode(idna.encode(domain, uts46=True))
    except UnicodeError:
        return domain


def control_character_in(text: str) -> str:
    """Return the first control character in the text, such as U+000B; empty if none."""
    found = _CONTROL.search(text)
    return f"U+{ord(found[0]):04X}" if found else ""


def without_control_characters(text: str) -> str:
    """Return the text with control characters as spaces, if nobody can be asked."""
    return _CONTROL.sub(" ", text)


def storable_name(text: str) -> str:
    """Return the name for the database, where nothing can be refused any more."""
    return clean_name(without_control_characters(text))


def storable_address(text: str) -> str:
    """Return the address for the database, where nothing can be refused any more."""
    return clean_address(_CONTROL.sub("", text))

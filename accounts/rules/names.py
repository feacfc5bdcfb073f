"""One rule for people's names and one for e-mail addresses. Pure.

Every way in asks these: forms, rosters, single sign-on, commands, and the fields of the
models (`accounts.fields`), so that what is kept is the same whoever brought it.
"""

# ruff: noqa: RUF001 -- titles in their own scripts.

import re
import unicodedata

import idna

LONGEST_NAME = 150

# Signs that nobody sees and that no name needs: zero-width spaces, byte order marks,
# marks and embeddings of direction, soft hyphens, fillers that look like a blank.
_UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f\u202a-\u202e"
    "\u2060-\u206f\u2800\u3164\ufeff\uffa0\ufff9-\ufffb"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a]"
    # Tags, which only flags are made of: England's, Scotland's and Wales's.
    "|(?<![\U0001f3f4\U000e0020-\U000e007f])[\U000e0000-\U000e007f]+"
)
_JOINERS = "\u200c\u200d"
_UNJOINED = ("LATIN", "GREEK", "CYRILLIC", "DIGIT")
_VIRAMA = 9  # its canonical combining class in Unicode
# Tab and line ends only part words; the other control characters are no part of any.
_CONTROL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]"
)

# Before a name, with or without a full stop.
_TITLES = frozenset(
    [
        "dr",
        "dra",
        "prof",
        "profa",
        "pd",
        "mr",
        "mrs",
        "ms",
        "miss",
        "mx",
        "srta",
        "sir",
        "herr",
        "frau",
        "madame",
        "mme",
        "mlle",
        "monsieur",
        "dott",
        "dottssa",
        "mudr",
        "mvdr",
        "phdr",
        "rndr",
        "judr",
        "paeddr",
        "pharmdr",
        "mgr",
        "drs",
        "dhr",
        "mevr",
        "profssa",
        "sigra",
        "др",
        "проф",
        "кмн",
        "дмн",
        "دكتور",
        "دكتورة",
        "الدكتور",
        "الدكتورة",
        'ד"ר',
        "ד״ר",
        "פרופ'",
        "פרופ׳",
        "גב'",
        "גב׳",
    ]
)
# Before a name or behind a title; titles only where they are written as such, with a
# full stop or in small letters, for there are people called Nat, Phil and Ing.
_SHORTENED = frozenset(
    [
        "mag",
        "dipl",
        "ing",
        "priv",
        "doz",
        "univ",
        "med",
        "dent",
        "vet",
        "rer",
        "nat",
        "phil",
        "jur",
        "oec",
        "habil",
        "hc",
        "eh",
        "fh",
        "rev",
        "doc",
        "lic",
        "sig",
        "sr",
        "sra",
        "lek",
        "hab",
        "bc",
        "ir",
        "mw",
        "enf",
        "op",
        "uzm",
        "doç",
        "yrd",
        "د",
        "أ",
    ]
)
_DEGREES = frozenset(
    [
        "md",
        "do",
        "phd",
        "dphil",
        "msc",
        "bsc",
        "ma",
        "ba",
        "mba",
        "mph",
        "rn",
        "np",
        "pa",
        "bn",
        "bsn",
        "msn",
        "mrcp",
        "frcp",
        "frcs",
        "facp",
        "dds",
        "dmd",
        "pharmd",
        "llm",
        "mbbs",
        "mbchb",
        "csc",
        "drsc",
        "esq",
        "rgn",
    ]
)
_GENERATIONS = frozenset(["jr", "sr", "ii", "iii", "iv"])


def clean_name(text: str) -> str:
    """Return the name as it is kept: no sign that nobody sees, single spaces.

    Joiners stay where Persian, Arabic, Indic scripts and emoji need them: between two
    signs, and after a virama (Unicode 16, 9.2, 12.1, 23.2). Control characters stay too,
    for whoever asked to refuse them: see `control_character_in`.
    """
    seen = _UNSEEN.sub("", text)
    kept = "".join(
        sign
        for place, sign in enumerate(seen)
        if sign not in _JOINERS or _joins(seen, place)
    )
    return re.sub(r"[^\S\x0b\x0c\x1c-\x1f]+", " ", kept).strip()


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
    """Return the e-mail address as it is kept: small letters, nothing that nobody sees.

    Addresses are compared without regard to capitals everywhere, so none locks anybody
    out (RFC 5321, 2.4 leaves it to the receiving host; no host in use tells them apart).
    A domain is kept in its own letters, however it was written: bücher.example and
    xn--bcher-kva.example are one (RFC 5891, UTS 46).
    """
    seen = re.sub(f"[{_JOINERS}]", "", _UNSEEN.sub("", text)).strip().lower()
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
    """Return the first control character in a name or address, as U+000B; empty if none."""
    found = _CONTROL.search(text)
    return f"U+{ord(found[0]):04X}" if found else ""


def without_control_characters(text: str) -> str:
    """Return the text with a space for each: for what nobody can be asked about."""
    return _CONTROL.sub(" ", text)


def storable_name(text: str) -> str:
    """Return the name for a table, where nothing can be refused any more."""
    return clean_name(without_control_characters(text))


def storable_address(text: str) -> str:
    """Return the address for a table, where nothing can be refused any more."""
    return clean_address(_CONTROL.sub("", text))


def without_titles(text: str) -> str:
    """Return the name without “Dr. med.”, “Prof.” and the like before it.

    A name of nothing but titles is left as it is, for it may be one.
    """
    words = clean_name(text).split()
    place = 0
    while place < len(words) and _is_title(words[place], is_first=not place):
        place += 1
    return " ".join(words[place:] or words)


def _is_title(word: str, *, is_first: bool) -> bool:
    parts = _bare(word)
    # “dr n. med.” is a doctor of medicine in Polish; “N.” is somebody's initial.
    if "".join(parts) in _TITLES or (word == "n." and not is_first):
        return True
    is_short = bool(re.search(r"[.)]", word)) or (word.islower() and not is_first)
    known = _TITLES | _SHORTENED
    return is_short and (
        "".join(parts) in known or (bool(parts) and known.issuperset(parts))
    )


def _bare(word: str) -> list[str]:
    return [part for part in re.split(r"[.\-()/]+", word.casefold()) if part]


def first_and_last(whole: str, *, is_last_first: bool = False) -> tuple[str, str]:
    """Return first and last name of a whole one, without titles and degrees.

    “Rahimi, Amir” is last, first; “Dr. med. Zoe Tan” and “Zoe Tan, MD” are Zoe Tan. So is
    “TAN Zoe”; `is_last_first` tells that a name of two words without capitals is meant so.
    """
    parts = [
        part for part in map(clean_name, re.split(r"[,\u060c\uff0c]", whole)) if part
    ]
    names = parts[:1] + [part for part in parts[1:] if not _is_extra(part)]
    ends = [part for part in parts[1:] if _is_generation(part)]
    if len(names) > 1:
        first, last = " ".join(names[1:]), names[0]
    else:
        words = without_titles(" ".join(names)).split()
        first, last = _halves(words, is_last_first=is_last_first)
    return without_titles(first), " ".join([without_titles(last), *ends]).strip()


def _halves(words: list[str], *, is_last_first: bool) -> tuple[str, str]:
    """Return first and last name, told apart by capitals, else by their order."""
    place = 0
    while place < len(words) and words[place].isupper() and "." not in words[place]:
        place += 1
    is_shouted = any(len(word) > 2 for word in words[:place])
    if not (is_shouted and place < len(words)):
        place = 1 if is_last_first and len(words) == 2 else 0
    halves = (words[place:], words[:place]) if place else (words[:1], words[1:])
    return " ".join(halves[0]), " ".join(halves[1])


def _is_extra(part: str) -> bool:
    """Return whether this, after a comma, is a degree, a title or a generation.

    Do and Ma are first names, DO and MA are degrees.
    """
    return _is_generation(part) or all(
        _is_title(word, is_first=True)
        or ("".join(_bare(word)) in _DEGREES and not word.istitle())
        for word in part.split()
    )


def _is_generation(part: str) -> bool:
    return "".join(_bare(part)) in _GENERATIONS

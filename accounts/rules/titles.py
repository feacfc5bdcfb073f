"""A whole name as people write it: its first and last name, without titles. Pure."""

# ruff: noqa: RUF001 -- titles in other scripts.

import re

from accounts.rules.names import clean_name

# Titles before a name, with or without a full stop.
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
# Before a name or after a title. Only titles if written as such, with a full stop or in
# lower case, because there are people called Nat, Phil and Ing.
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


def without_titles(text: str) -> str:
    """Return the name without leading titles such as “Dr. med.” or “Prof.”.

    A name that consists only of titles is unchanged, as it may be a name.
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
    """Return first and last name of a whole name, without titles and degrees.

    “Rahimi, Amir” is last, first; “Dr. med. Zoe Tan” and “Zoe Tan, MD” are Zoe Tan. So
    is “TAN Zoe”; `is_last_first` says that two words without capitals are in this
    order.
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
    """Return first and last name, distinguished by capitals, or else by order."""
    place = 0
    while place < len(words) and words[place].isupper() and "." not in words[place]:
        place += 1
    is_shouted = any(len(word) > 2 for word in words[:place])
    if not (is_shouted and place < len(words)):
        place = 1 if is_last_first and len(words) == 2 else 0
    halves = (words[place:], words[:place]) if place else (words[:1], words[1:])
    return " ".join(halves[0]), " ".join(halves[1])


def _is_extra(part: str) -> bool:
    """Return whether the part after a comma is a degree, a title or a generation.

    Do and Ma are first names, DO and MA are degrees.
    """
    return _is_generation(part) or all(
        _is_title(word, is_first=True)
        or ("".join(_bare(word)) in _DEGREES and not word.istitle())
        for word in part.split()
    )


def _is_generation(part: str) -> bool:
    return "".join(_bare(part)) in _GENERATIONS

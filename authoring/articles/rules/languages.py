"""Tell the language of an article by its script and its commonest words. Pure."""

import re
from collections import Counter
from functools import cache
from pathlib import Path

import yaml

_SAMPLE = 20_000
"""Characters: more text does not change the result."""
_LEAST_SHARE = 0.08
_RIGHT_TO_LEFT = {"ar", "he", "fa", "ur", "ps", "ckb", "yi", "dv", "ug", "sd"}
_WORD = re.compile(r"[^\W\d_]+")


def is_right_to_left(language: str) -> bool:
    """Return whether text in the language runs from right to left."""
    return language.partition("-")[0] in _RIGHT_TO_LEFT


def language_of(text: str) -> str:
    """Return the code of the text's language, or "" if it cannot be told."""
    found = _WORD.findall(text[:_SAMPLE].casefold())
    counts = Counter(found)
    shares = {
        code: sum(counts[word] for word in words) / max(len(found), 1)
        for code, words in _common_words().items()
    }
    best = max(shares, key=lambda code: shares[code])
    if shares[best] >= _LEAST_SHARE:
        return best
    return _by_script(text[:_SAMPLE])


def _by_script(text: str) -> str:
    for code, (first, last) in _scripts().items():
        letters = sum(first <= sign <= last for sign in text)
        if letters > len(text) / 3:
            return code
    return ""


def _scripts() -> dict[str, tuple[str, str]]:
    return {
        "el": ("\u0370", "\u03ff"),
        "hy": ("\u0530", "\u058f"),
        "he": ("\u0590", "\u05ff"),
        "ar": ("\u0600", "\u06ff"),
        "hi": ("\u0900", "\u097f"),
        "th": ("\u0e00", "\u0e7f"),
        "ka": ("\u10a0", "\u10ff"),
        "ja": ("\u3040", "\u30ff"),
        "ko": ("\uac00", "\ud7af"),
        "zh": ("\u4e00", "\u9fff"),
        "ru": ("\u0400", "\u04ff"),
    }


@cache
def _common_words() -> dict[str, frozenset[str]]:
    text = Path(__file__).with_name("languages.yaml").read_text("utf-8")
    held = yaml.safe_load(text)
    return {code: frozenset(str(words).split()) for code, words in held.items()}

"""Whether this server has fonts for all letters in a name on a certificate.

A letter without a font is printed as an empty box. Fontconfig, which comes with Pango,
knows the letters of all fonts it would print with.
"""

import subprocess
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable
from functools import lru_cache

LIST = ("fc-list", ":scalable=true", "--format", "%{charset}\n")

# The first and last letter of a block, and the Debian package with its fonts.
_PACKAGES = (
    (0x1100, 0x11FF, "fonts-noto-cjk"),
    (0x2E80, 0x9FFF, "fonts-noto-cjk"),
    (0xA960, 0xA97F, "fonts-noto-cjk"),
    (0xAC00, 0xD7FF, "fonts-noto-cjk"),
    (0xF900, 0xFAFF, "fonts-noto-cjk"),
    (0xFE30, 0xFE4F, "fonts-noto-cjk"),
    (0xFF00, 0xFFEF, "fonts-noto-cjk"),
    (0x1F000, 0x1FAFF, "fonts-noto-color-emoji"),
    (0x20000, 0x3FFFF, "fonts-noto-cjk"),
)
_OTHERS = "fonts-noto-core"


def without_font(text: str) -> str:
    """Return the letters in the text, without duplicates, that no installed font has.

    Empty if fontconfig is not available, because then nothing is known.
    """
    starts, ends = _covered()
    if not starts:
        return ""
    return "".join(
        letter
        for letter in dict.fromkeys(unicodedata.normalize("NFC", text))
        if _is_seen(letter) and not _is_within(ord(letter), starts, ends)
    )


def packages_for(letters: Iterable[str]) -> list[str]:
    """Return the Debian packages with fonts for these letters."""
    return sorted({_package(ord(letter)) for letter in letters})


def _package(code: int) -> str:
    found = (name for first, last, name in _PACKAGES if first <= code <= last)
    return next(found, _OTHERS)


def _is_seen(letter: str) -> bool:
    is_selector = "\ufe00" <= letter <= "\ufe0f" or letter >= "\U000e0000"
    return not (is_selector or unicodedata.category(letter)[0] in "CZ")


def _is_within(code: int, starts: tuple[int, ...], ends: tuple[int, ...]) -> bool:
    place = bisect_right(starts, code) - 1
    return place >= 0 and code <= ends[place]


@lru_cache(maxsize=1)
def _covered() -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return the starts and ends of all ranges of covered letters, in order.

    Read once per process: after installing a font, the server must be restarted.
    """
    try:
        listed = subprocess.run(LIST, capture_output=True, check=True, timeout=20)  # noqa: S603
    except (OSError, subprocess.SubprocessError):
        return (), ()
    runs = [
        run.split("-") for run in set(listed.stdout.decode("ascii", "ignore").split())
    ]
    merged: list[tuple[int, int]] = []
    for first, last in sorted((int(run[0], 16), int(run[-1], 16)) for run in runs):
        if merged and first <= merged[-1][1] + 1:
            merged[-1] = (merged[-1][0], max(last, merged[-1][1]))
        else:
            merged.append((first, last))
    return tuple(run[0] for run in merged), tuple(run[1] for run in merged)

"""Whether this machine has a font for each letter of a name that a certificate bears.

A letter without one is printed as an empty box. Fontconfig, which Pango brings along,
knows the letters of all fonts that it would print with.
"""

import subprocess
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable
from functools import lru_cache

LIST = ("fc-list", ":scalable=true", "--format", "%{charset}\n")

# First letter of a block, last letter, and the Debian package with its fonts.
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
    """Return the letters of the text, each once, that no font here has.

    Empty where fontconfig cannot be asked: then nothing is known.
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
    """Return the Debian packages that have fonts for these letters."""
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
    """Return where each run of covered letters starts and ends, in order.

    Asked once a process: whoever installs a font starts the server anew.
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

"""Ways to type the same word. Pure."""

import re
import unicodedata

_ACCENTS = re.compile("[\N{COMBINING GRAVE ACCENT}-\N{COMBINING LATIN SMALL LETTER X}]")
_OTHER_SIGNS = str.maketrans("ıøłđ’‘`", "iold'''")  # noqa: RUF001
_BETWEEN = re.compile(r"[\s\N{HYPHEN}-\N{HORIZONTAL BAR}_/-]+")
_AROUND = " .,;:!?\"'“”„«»()"


def fold_spelling(text: str) -> str:
    """Return the text so that ways to type the same word are one.

    Case, accents of Latin, Greek and Cyrillic, hyphens, signs around it and spaces do
    not count. Marks of other scripts do: there they are letters.
    """
    plain = _ACCENTS.sub("", unicodedata.normalize("NFKD", text)).casefold()
    plain = _ACCENTS.sub("", unicodedata.normalize("NFKD", plain)).translate(
        _OTHER_SIGNS
    )
    return _BETWEEN.sub(" ", plain).strip(_AROUND)

"""Compare typed words regardless of spelling variants. Pure."""

import re
import unicodedata

# Accents of Latin, Greek and Cyrillic, then signs that Hebrew and Arabic may leave out:
# points, vowel signs, the hamza on a letter, and the stroke that stretches a word.
_ACCENTS = re.compile(
    "[\u0300-\u036f"
    "\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7"
    "\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed]"
)
_OTHER_SIGNS = str.maketrans(
    dict(zip("ıøłđ’‘`", "iold'''", strict=True))  # noqa: RUF001
    | {"œ": "oe", "æ": "ae"}
)
_BETWEEN = re.compile(r"[\s\u05be\N{HYPHEN}-\N{HORIZONTAL BAR}_/-]+")
_AROUND = " .,;:!?\"'“”„«»‹›()¡¿،؛؟。、「」『』"  # noqa: RUF001


def fold_spelling(text: str) -> str:
    """Return the text in a form that is the same for all ways to type a word.

    Case, accents in Latin, Greek and Cyrillic, vowel signs in Arabic and Hebrew,
    hyphens, spaces and surrounding punctuation do not count. Marks in other scripts do,
    because they are letters there.
    """
    seen = "".join(s for s in text if unicodedata.category(s) != "Cf").replace(
        "\N{ACUTE ACCENT}", "'"
    )
    plain = _ACCENTS.sub("", unicodedata.normalize("NFKD", seen)).casefold()
    plain = _ACCENTS.sub("", unicodedata.normalize("NFKD", plain)).translate(
        _OTHER_SIGNS
    )
    return _BETWEEN.sub(" ", plain).strip(_AROUND)

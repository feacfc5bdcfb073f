"""Superscript and subscript in plain text, which has no markup for them. Pure.

Uses Unicode characters if there is one for each letter, as in 10⁹ and H₂O. Otherwise, a
sign comes before the text, as in x^(a/b) and T_(½).
"""

# ruff: noqa: RUF001 -- this module writes typographic characters.

import re

_ABOVE = dict(
    zip(
        "0123456789+-−=()abcdefghijklmnoprstuvwxyz",
        "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ",
        strict=True,
    )
)
_BELOW = dict(
    zip(
        "0123456789+-−=()aehijklmnoprstuvx",
        "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ",
        strict=True,
    )
)
# Raised only for style: 1st means the same as 1ˢᵗ and is read aloud correctly. The same
# goes for marks that refer to a note: *, † and [1].
_ORNAMENTS = re.compile(r"(?:st|nd|rd|th|er|re|ère|ème|[^\w+−=()½-]+|\[[^\]]*\])\Z")
_SIGNS = {"TM": "™", "SM": "℠", "R": "®", "(R)": "®"}


def rule_for_scripts() -> dict[str, object]:
    """Return the same characters, signs and ornaments for `course/pasting.js`.

    The pattern for ornaments is a JavaScript pattern for the flag `u`.
    """
    ornaments = _ORNAMENTS.pattern.replace(r"\w", r"\p{L}\p{N}_").replace(r"\Z", "$")
    return {
        "above": _ABOVE,
        "below": _BELOW,
        "signs": _SIGNS,
        "ornaments": f"^{ornaments}",
    }


def to_superscript(text: str) -> str:
    """Return the text as superscript: “9” as “⁹”, “a/b” as “^(a/b)”, “th” unchanged."""
    bare = text.strip()
    if not bare or _ORNAMENTS.match(bare):
        return text
    if bare in _SIGNS:
        return text.replace(bare, _SIGNS[bare])
    between = {letter: letter for letter in ", "}
    return _set(text, _ABOVE | between, "^")


def to_subscript(text: str) -> str:
    """Return the text as subscript: “2” as “₂”, “1c” as “₁c”, “A” as “_A”.

    Next to a subscript digit, letters without a subscript form do not change.
    """
    digits = set(text) & set("0123456789")
    kept = {letter: letter for letter in text if letter.isalpha()} if digits else {}
    return _set(text, kept | _BELOW, "_")


def _set(text: str, characters: dict[str, str], sign: str) -> str:
    bare = text.strip()
    if not bare:
        return text
    if all(letter in characters for letter in bare):
        small = "".join(characters[letter] for letter in bare)
    else:
        small = f"{sign}{bare}" if bare.isalnum() else f"{sign}({bare})"
    return text.replace(bare, small)

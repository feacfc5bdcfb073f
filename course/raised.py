"""Superscript and subscript in plain text, which has no markup for them. Pure.

Unicode's own characters where there is one for each letter, as in 10⁹ and H₂O; a sign
before the text otherwise, as in x^(a/b) and T_(½).
"""

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
# Raised for looks alone: 1st says what 1ˢᵗ says, and is read aloud rightly.
_ORNAMENTS = {"st", "nd", "rd", "th", "º", "ª", "®", "™"}


def superscript(text: str) -> str:
    """Return the text raised: “9” as “⁹”, “a/b” as “^(a/b)”, “th” as it is."""
    return text if text.strip() in _ORNAMENTS else _set(text, _ABOVE, "^")


def subscript(text: str) -> str:
    """Return the text lowered: “2” as “₂”, “1c” as “_1c”."""
    return _set(text, _BELOW, "_")


def _set(text, characters, sign):
    bare = text.strip()
    if not bare:
        return text
    if all(letter in characters for letter in bare):
        small = "".join(characters[letter] for letter in bare)
    else:
        small = f"{sign}{bare}" if bare.isalnum() else f"{sign}({bare})"
    return text.replace(bare, small)

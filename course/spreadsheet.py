"""Cells that a spreadsheet program will not run. Pure."""

_STARTS_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def without_formula(text: str) -> str:
    """Return the text with a quote before it where a spreadsheet would calculate it.

    OWASP, CSV Injection: cells that begin with =, +, -, @, tab or carriage return.
    """
    return f"'{text}" if text.startswith(_STARTS_FORMULA) else text

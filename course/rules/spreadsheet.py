"""Cells that a spreadsheet program will not run, and can open. Pure."""

import re

_STARTS_FORMULA = ("=", "+", "-", "@", "\t", "\r")
# What XML 1.0 (2.2) has no place for: one such sign and the workbook cannot be written.
_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def without_formula(text: str) -> str:
    """Return the text with a quote before it where a spreadsheet would calculate it.

    OWASP, CSV Injection: cells that begin with =, +, -, @, tab or carriage return.
    """
    return f"'{text}" if text.startswith(_STARTS_FORMULA) else text


def strip_control_characters(text: str) -> str:
    """Return the text without the control characters that no XLSX can hold."""
    return _NOT_IN_XML.sub(" ", text)

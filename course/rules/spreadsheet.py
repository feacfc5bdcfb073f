"""Make cells safe for spreadsheet programs. Pure."""

import re
from decimal import Decimal

_STARTS_FORMULA = ("=", "+", "-", "@", "\t", "\r")
# Characters that XML 1.0 (2.2) does not allow. With any of them, the workbook cannot be
# written.
_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def without_formula(text: str) -> str:
    """Return the text with a quote before it if a spreadsheet would evaluate it.

    OWASP, CSV Injection: cells that begin with =, +, -, @, tab or carriage return.
    """
    return f"'{text}" if text.startswith(_STARTS_FORMULA) else text


def separator_beside(decimal_separator: str) -> str:
    """Return what spreadsheets expect between the cells of a CSV file.

    It follows the locale's decimal separator: a semicolon where that is a comma.
    """
    return ";" if decimal_separator == "," else ","


def csv_cell(value: object, decimal_separator: str) -> str:
    """Return the value as the text of a cell of a CSV file.

    Numbers have the locale's decimal separator, which `separator_beside` fits: with a
    point, a spreadsheet that expects a comma takes 1.5 for a day in May.
    """
    if isinstance(value, (float, Decimal)):
        return str(value).replace(".", decimal_separator)
    return "" if value is None else without_formula(str(value))


def strip_control_characters(text: str) -> str:
    """Return the text without control characters that XLSX cannot contain."""
    return _NOT_IN_XML.sub(" ", text)

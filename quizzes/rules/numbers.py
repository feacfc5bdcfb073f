"""Read numbers as people write them: 3.5, 3,5, 1 000, 1,000. Pure and exact."""

import re
import unicodedata
from collections.abc import Collection
from fractions import Fraction

_SPACES = re.compile(r"(?<=\d)[\s'’](?=\d{3}(?!\d))")  # noqa: RUF001
_NUMBER = re.compile(r"([+-]?)(\d{1,20}(?:[.,]\d{1,20}){0,6})(.*)\Z", re.DOTALL)
_NO_WHOLE = re.compile(r"\A([+-]?)(?=[.,]\d)")
_SIGNS = str.maketrans("−–－＋．٫，٬،", "---+..,,,")  # noqa: RUF001
# Thousands, or lakhs and crores as written in South Asia: 1,00,000.
_GROUPED = re.compile(
    r"[1-9]\d{0,2}([.,])\d{3}(?:\1\d{3})*\Z|[1-9]\d?(?:,\d\d)+,\d{3}\Z"
)


def readings_of(text: str, unit: str = "") -> list[Fraction]:
    """Return the possible values of the number, likeliest first, or [] for none.

    Both a point and a comma may separate decimals. If there is only one and three
    digits follow, it may also separate thousands: “1,000” is 1 or 1000. The unit may
    follow.
    """
    plain = _SPACES.sub("", _with_plain_digits(text).translate(_SIGNS).strip())
    match = _NUMBER.match(_NO_WHOLE.sub(r"\g<1>0", plain))
    if not match or _plain(match[3]) not in ("", _plain(unit)):
        return []
    sign = -1 if match[1] == "-" else 1
    return [sign * Fraction(number) for number in dict.fromkeys(_decimals(match[2]))]


def _with_plain_digits(text: str) -> str:
    """Return the text with all digits as 0 to 9 and without invisible characters."""
    seen = (sign for sign in text if unicodedata.category(sign) != "Cf")
    return "".join(str(unicodedata.decimal(sign, sign)) for sign in seen)


def _decimals(digits: str) -> list[str]:
    """Return the possible numbers with a decimal point and no other separators."""
    marks = re.findall(r"[.,]", digits)
    found = []
    if len(set(marks)) == len(marks) == 1:
        found.append(digits.replace(",", "."))
    if not marks or _GROUPED.match(digits):
        found.append(re.sub(r"[.,]", "", digits))
    whole, decimals = digits.rsplit(marks[-1], 1) if marks else ("", "")
    if len(set(marks)) == 2 and marks.count(marks[-1]) == 1 and _GROUPED.match(whole):
        found.append(f"{re.sub('[.,]', '', whole)}.{decimals}")
    return found


def _plain(unit: str) -> str:
    plain = unicodedata.normalize("NFKC", unit).replace("٪", "%")
    return plain.casefold().strip().rstrip(".")


def decimal_text(number: Fraction) -> str:
    """Return the number as a decimal with a point, without trailing zeros."""
    places = 0
    while (number * 10**places).denominator != 1 and places < 20:
        places += 1
    text = f"{abs(number * 10**places).numerator:0{places + 1}d}"
    digits = f"{text[:-places]}.{text[-places:]}" if places else text
    return f"-{digits}" if number < 0 else digits


def text_written_like(number: Fraction, examples: Collection[str]) -> str:
    """Return the number as a decimal with the separator and digits of the examples."""
    text = decimal_text(number)
    for example in examples:
        marks = re.findall("[.,\N{ARABIC DECIMAL SEPARATOR}]", example)
        if marks and marks.count(marks[-1]) == 1:
            text = text.replace(".", marks[-1])
            break
    digits = [sign for example in examples for sign in example if sign.isdecimal()]
    zero = ord(digits[0]) - unicodedata.decimal(digits[0]) if digits else ord("0")
    return text.translate({ord("0") + n: zero + n for n in range(10)})


def unambiguous_text(number: Fraction) -> str:
    """Return the number in a form that `readings_of` reads in only one way."""
    text = decimal_text(number)
    return text if len(readings_of(text)) == 1 else f"{text}0"

"""What can be wrong with a cell of a roster. Pure."""

import re
from collections.abc import Iterator

from accounts.rules.names import (
    LONGEST_NAME,
    clean_address,
    clean_name,
    control_character_in,
)
from training.teams.rules.rosters.columns import NAMES, plain_heading
from training.teams.rules.rosters.problems import RowProblem
from training.teams.rules.work_details import LONGEST_DETAIL, LONGEST_NUMBER

ROLES = {
    "member": ("member", "learner", "staff", "miembro", "mitglied", "membre"),
    "trainer": ("trainer", "formador", "formadora", "formateur", "formatrice"),
    "observer": ("observer", "observador", "observadora", "observateur"),
}
LONGEST_EMAIL = 254

KNOWN_ROLES = {word: role for role, words in ROLES.items() for word in words}
# How people write "nothing to enter", as `plain_heading` returns it.
_BLANK_WORDS = frozenset(
    (
        *("n a", "na", "none", "nil", "null", "unknown"),
        *("tbd", "tbc", "k a", "keine", "keine angabe", "unbekannt"),
        *("s o", "sans objet", "neant", "ninguno", "not known"),
    )
)
# These are also people's names when written as names.
_ALSO_NAMES = frozenset(["Na", "Nil", "Null"])
_ERRORS = re.compile(r"#(?:N/A|REF!|NAME\?|VALUE!|DIV/0!|NULL!|NUM!|SPILL!|CALC!)")
_BROKEN_TEXT = re.compile("\ufffd|Ã[\x80-\xbf©±¡³º¼¶¤­]|â€")
_ROUNDED = re.compile(r"\d[.,]?\d*E\+\d+", re.IGNORECASE)
_LINK = re.compile(r"https?:|www\.", re.IGNORECASE)


def is_head_again(email: str) -> bool:
    return plain_heading(email) in NAMES["email"]


def blank_faults(field: str, text: str) -> Iterator[RowProblem]:
    """Find a placeholder in an optional cell, and anything that no cell may contain."""
    is_name = field.endswith("name") and text in _ALSO_NAMES
    is_blank = not re.search(r"\w", text) or plain_heading(text) in _BLANK_WORDS
    if text and is_blank and not is_name:
        yield RowProblem.BLANK_WORD
    else:
        yield from cell_problems(text)


def cell_problems(text: str) -> Iterator[RowProblem]:
    """Find anything that no cell may contain."""
    if _ERRORS.match(text):
        yield RowProblem.SPREADSHEET_ERROR
    elif text.startswith(("=", "@")):
        yield RowProblem.FORMULA
    elif _BROKEN_TEXT.search(text):
        yield RowProblem.WRONG_ENCODING
    elif control_character_in(clean_name(text)):
        yield RowProblem.INVISIBLE


def email_fault(text: str) -> RowProblem | None:
    """Return the most specific problem with an address, if there is one."""
    email = clean_address(text)
    found = (
        (not email, RowProblem.NO_EMAIL),
        (bool(re.search(r"[\r\n]", email)), RowProblem.LINE_BREAK),
        ("@" not in email, RowProblem.NO_AT_SIGN),
        ("<" in email or email.startswith("mailto:"), RowProblem.NAME_IN_EMAIL),
        (email.count("@") > 1, RowProblem.TWO_EMAILS),
        (bool(re.search(r"\s", email)), RowProblem.SPACE_IN_EMAIL),
        (not email.isascii(), RowProblem.FOREIGN_CHARACTERS),
        (len(email) > LONGEST_EMAIL, RowProblem.EMAIL_TOO_LONG),
    )
    return next((kind for is_so, kind in found if is_so), None)


def name_faults(text: str) -> Iterator[RowProblem]:
    """Find what makes this an invalid name."""
    if len(clean_name(text)) > LONGEST_NAME:
        yield RowProblem.NAME_TOO_LONG
    elif _LINK.search(text):
        yield RowProblem.LINK_IN_NAME
    elif "@" in text:
        yield RowProblem.EMAIL_IN_NAME
    elif text and not any(sign.isalpha() for sign in text):
        yield RowProblem.NUMBER_FOR_NAME


def detail_faults(text: str) -> Iterator[RowProblem]:
    """Find what makes this an invalid job title or site."""
    if len(clean_name(text)) > LONGEST_DETAIL:
        yield RowProblem.DETAIL_TOO_LONG


def number_faults(text: str) -> Iterator[RowProblem]:
    """Find what makes this an invalid staff number."""
    if len(clean_name(text)) > LONGEST_NUMBER:
        yield RowProblem.NUMBER_TOO_LONG
    elif _ROUNDED.fullmatch(text):
        yield RowProblem.ROUNDED_NUMBER


def number_key(text: str) -> str:
    """Return a key that is equal for equal staff numbers; empty if it is not one.

    Spreadsheets remove leading zeros.
    """
    if any(blank_faults("staff_number", text)) or any(number_faults(text)):
        return ""
    bare = clean_name(text).casefold()
    return bare.lstrip("0") or bare


def role_faults(text: str) -> Iterator[RowProblem]:
    """Find what makes this an invalid role in the team."""
    if not text or plain_heading(text) in KNOWN_ROLES:
        return
    several = [word for word in plain_heading(text).split() if word in KNOWN_ROLES]
    yield RowProblem.TWO_ROLES if len(several) > 1 else RowProblem.UNKNOWN_ROLE

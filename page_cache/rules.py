"""What an SQL statement changes, and what a browser can unpack."""

import re

# A statement that begins otherwise may change anything.
_CHANGES_NOTHING = re.compile(
    r"[\s(]*(?:SELECT|SAVEPOINT|RELEASE|ROLLBACK|BEGIN|COMMIT|PRAGMA|SET|SHOW|EXPLAIN)\b",
    re.IGNORECASE,
)
_CHANGES_ROWS = re.compile(
    r'\s*(?:INSERT(?:\s+OR\s+\w+)?\s+INTO|UPDATE|DELETE\s+FROM)\s+"?(\w+)"?(?:\s|$)',
    re.IGNORECASE,
)
UNKNOWN_TABLE = ""


def find_changed_table(sql: str) -> str | None:
    """Return the table whose rows the statement changes, or None if it only reads.

    `UNKNOWN_TABLE` stands for a statement that is none of these: it may change all.
    """
    if _CHANGES_NOTHING.match(sql):
        return None
    found = _CHANGES_ROWS.match(sql)
    return found[1] if found else UNKNOWN_TABLE


def choose_coding(accept_encoding: str, offered: tuple[str, ...]) -> str:
    """Return the first content coding offered that the browser takes, or "" for none.

    `accept_encoding` is the header of RFC 9110, section 12.5.3; its weights only say
    what is refused (`q=0`), since whatever is smaller serves both.
    """
    accepted = dict(_split_coding(part) for part in accept_encoding.lower().split(","))
    return next((coding for coding in offered if accepted.get(coding)), "")


def _split_coding(part: str) -> tuple[str, bool]:
    coding, _, weight = part.replace(" ", "").partition(";")
    return coding, not re.fullmatch(r"q=0(\.0*)?", weight)

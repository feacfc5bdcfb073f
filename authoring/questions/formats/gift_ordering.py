"""Ordering questions in GIFT as Moodle 4.4 and later write them.

The answers start with `{>3 ALL VERTICAL ALL_OR_NOTHING SHOW none`, followed by one step
per line, as HTML. Moodle writes the texts of these questions without escaping anything.
"""

import re

_OPENING = re.compile(r"(?<!\\)\{\s*>\s*[0-9]{1,4}\b")
_COUNT = re.compile(r"\s*>\s*([0-9]{1,4})\b")
_SETTINGS = [
    "ALL",
    "EXACT",
    "RANDOM",
    "REL",
    "CONTIGUOUS",
    "CONTIG",
    "HORIZONTAL",
    "HORI",
    "H",
    "1",
    "VERTICAL",
    "VERT",
    "V",
    "0",
    "ALL_OR_NOTHING",
    "ABSOLUTE_POSITION",
    "ABSOLUTE",
    "ABS",
    "RELATIVE_NEXT_EXCLUDE_LAST",
    "RELATIVE_NEXT_INCLUDE_LAST",
    "RELATIVE_ONE_PREVIOUS_AND_NEXT",
    "RELATIVE_ALL_PREVIOUS_AND_NEXT",
    "RELATIVE_TO_CORRECT",
    "RELATIVE",
    "LONGEST_ORDERED_SUBSET",
    "LONGEST_CONTIGUOUS_SUBSET",
    "SHOW",
    "TRUE",
    "YES",
    "HIDE",
    "FALSE",
    "NO",
    "none",
    "123",
    "abc",
    "ABCD",
    "iii",
    "IIII",
]


def is_ordering(question: str) -> bool:
    """Return whether the answers start like those of an ordering question."""
    return bool(_OPENING.search(question))


def split_ordering(question: str) -> tuple[str, str, str] | None:
    """Return what is before, in and after the braces, or None if they do not close."""
    start = _OPENING.search(question)
    end = question.rfind("}")
    if not start or end < start.end():
        return None
    return (
        question[: start.start()],
        question[start.start() + 1 : end],
        question[end + 1 :],
    )


def is_steps(answers: str) -> bool:
    """Return whether the braces contain steps."""
    return bool(_COUNT.match(answers))


def steps_in(answers: str) -> tuple[list[str], bool]:
    """Return the steps and whether Moodle shows all of them."""
    count = _COUNT.match(answers)
    settings, _line_end, rest = answers[count.end() :].partition("\n")
    words = settings.split()
    given = 0
    while given < len(words) and words[given] in _SETTINGS:
        given += 1
    lines = [" ".join(words[given:]), *rest.split("\n")]
    found = [line.strip() for line in lines if line.strip()]
    is_all = "ALL" in words[:given] or int(count[1]) >= len(found)
    return found, is_all

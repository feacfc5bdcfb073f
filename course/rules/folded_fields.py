"""The fields of a folded child, which the editor posts as one field. Pure.

A child that nobody has opened is not built in the page. One hidden field has what its
own fields would post, so nothing depends on what else was saved meanwhile.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import parse_qsl, urlencode

FOLDED = "folded"
HEAD = frozenset({"id", "translation_key", "ORDER", "DELETE"})
"""The fields that a child posts beside it: which child it is, and its place."""

_OF_A_CHILD = re.compile(r"(?P<child>.+?-\d+)-(?P<field>.+)", re.DOTALL)
_MOST_FIELDS = 10_000


def fold_fields(fields: Iterable[tuple[str, str]]) -> str:
    """Return names and values as one text. Those of the head are left out."""
    return urlencode([(name, value) for name, value in fields if name not in HEAD])


def unfold_fields(posted: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """Return what would have been posted if every child had been open.

    What an open child posts counts, even if it is posted folded, too. Raises
    ValueError if a child has more fields than any author can write.
    """
    whole = {name: values for name, values in posted.items() if not _child_of(name)}
    open_children = {_open_child_of(name) for name in posted}
    for name, values in posted.items():
        child = _child_of(name)
        if child and child not in open_children:
            for field, value in _fields_in(values[-1:]):
                whole.setdefault(f"{child}-{field}", []).append(value)
    return whole


def _child_of(name: str) -> str:
    """Return the child of which this is the folded field, or ""."""
    match = _OF_A_CHILD.fullmatch(name)
    return match["child"] if match and match["field"] == FOLDED else ""


def _open_child_of(name: str) -> str:
    match = _OF_A_CHILD.fullmatch(name)
    is_own = match and match["field"] not in HEAD | {FOLDED}
    return match["child"] if match and is_own else ""


def _fields_in(folded: list[str]) -> Iterator[tuple[str, str]]:
    for text in folded:
        pairs = parse_qsl(text, keep_blank_values=True, max_num_fields=_MOST_FIELDS)
        yield from ((name, value) for name, value in pairs if name not in HEAD)

"""A person's names in a row, and the titles left out of them. Pure."""

import re
from collections import Counter
from collections.abc import Mapping

from accounts.rules.names import clean_name
from accounts.rules.titles import first_and_last, without_titles


def names_in(written: Mapping[str, str], *, is_last_first: bool) -> tuple[str, str]:
    """Return first and last name, without titles; a whole name is split."""
    first, last = written.get("first_name", ""), written.get("last_name", "")
    if first or last:
        return without_titles(first), clean_name(last)
    return first_and_last(written.get("name", ""), is_last_first=is_last_first)


def titles_in(written: Mapping[str, str], kept: str) -> str:
    """Return the words that are not kept as part of the name, in order."""
    halves = [written.get("first_name", ""), written.get("last_name", "")]
    whole = " ".join(halves).strip() or written.get("name", "")
    left = Counter(kept.split())
    titles = []
    for word in clean_name(re.sub(r"[,\u060c\uff0c]", " ", whole)).split():
        if left[word]:
            left[word] -= 1
        else:
            titles.append(word)
    return " ".join(titles)

"""A name that nothing else has yet: a slug, an anchor or a handle. Pure."""

from collections.abc import Collection
from itertools import chain, count


def free_name(base: str, taken: Collection[str], *, longest: int = 80) -> str:
    """Return the name, with the first free number behind it where it is taken.

    It is cut to the length that its field holds, the number included.
    """
    numbers = (f"-{number}" for number in count(2))
    candidates = (f"{base[: longest - len(end)]}{end}" for end in chain([""], numbers))
    return next(name for name in candidates if name not in taken)

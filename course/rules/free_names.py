"""Find a name that is not taken: a slug, an anchor or a handle. Pure."""

from collections.abc import Collection
from itertools import chain, count


def free_name(base: str, taken: Collection[str], *, longest: int = 80) -> str:
    """Return the name, followed by the first free number if it is taken.

    It is cut to `longest` characters, including the number.
    """
    numbers = (f"-{number}" for number in count(2))
    candidates = (f"{base[: longest - len(end)]}{end}" for end in chain([""], numbers))
    return next(name for name in candidates if name not in taken)

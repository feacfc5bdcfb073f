"""Of how many people figures may be shown. Pure."""

# With fewer people, somebody could be recognised in what is counted.
FEWEST = 10


def may_be_shown(people: int) -> bool:
    """Return whether a group of so many is large enough for figures about it."""
    return people >= FEWEST

"""Short codes that are said in a room and typed on a phone. Pure."""

# Digits and capitals that are hard to confuse, read aloud or in print.
READABLE = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 6


def derive_code(digest: bytes) -> str:
    """Return the code that belongs to the digest: six characters, some 29 bits."""
    number = int.from_bytes(digest, "big")
    places = []
    for _place in range(LENGTH):
        number, place = divmod(number, len(READABLE))
        places.append(READABLE[place])
    return "".join(places)


def normalise_code(text: str) -> str:
    """Return what was typed, in capitals and without spaces and hyphens."""
    return "".join(text.replace("-", "").split()).upper()

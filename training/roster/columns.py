"""Which column of a roster holds what, whatever it is called. Pure."""

import re
import unicodedata
from collections.abc import Mapping, Sequence

from training.roster.problems import FileProblem, UnableToRead

# Written as `plain` writes them.
NAMES: Mapping[str, tuple[str, ...]] = {
    "email": (
        "email",
        "e mail",
        "mail",
        "email address",
        "e mail address",
        "work email",
        "address",
        "correo",
        "correo electronico",
        "courriel",
        "e mail adresse",
    ),
    "first_name": (
        "first name",
        "first",
        "forename",
        "given name",
        "nombre",
        "prenom",
        "vorname",
    ),
    "last_name": (
        "last name",
        "last",
        "surname",
        "family name",
        "apellido",
        "apellidos",
        "nom de famille",
        "nachname",
    ),
    "name": ("name", "full name", "person", "nombre completo", "nom complet"),
    "role": ("role", "role in the team", "team role", "rol", "rolle"),
    "joined_on": (
        "team joined date",
        "joined",
        "joined on",
        "joined date",
        "date joined",
        "start date",
        "since",
        "fecha de alta",
        "eintritt",
    ),
}
_FIELDS = {name: field for field, names in NAMES.items() for name in names}


def plain(text: str) -> str:
    """Return the text in small letters, without accents and signs."""
    letters = unicodedata.normalize("NFKD", text)
    bare = "".join(sign for sign in letters if not unicodedata.combining(sign))
    return " ".join(re.split(r"[\W_]+", bare.casefold())).strip()


def places(header: Sequence[str]) -> dict[str, int]:
    """Return field → place of its column, from 0.

    Raises UnableToRead where no column holds the address, or two the same.
    """
    found: dict[str, int] = {}
    for place, name in enumerate(header):
        field = _FIELDS.get(plain(name))
        if field in found:
            raise UnableToRead(FileProblem.COLUMN_TWICE, name)
        if field:
            found[field] = place
    if "email" not in found:
        named = ", ".join(name for name in header if name)
        raise UnableToRead(FileProblem.NO_EMAIL_COLUMN, named)
    return found


def ignored(header: Sequence[str]) -> tuple[str, ...]:
    """Return the names of the columns that nothing is taken from."""
    return tuple(name for name in header if name and plain(name) not in _FIELDS)

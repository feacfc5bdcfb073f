"""Which row of a roster names its columns, and which column holds what. Pure."""

import re
import unicodedata
from collections.abc import Mapping, Sequence

from training.roster.problems import FileProblem, UnableToRead

LOOKED_AT = 40
"""Rows from the top in which the names of the columns may stand, below titles."""

# Written as `plain` writes them.
NAMES: Mapping[str, tuple[str, ...]] = {
    "email": (
        *("email", "e mail", "mail", "email address", "e mail address", "address"),
        *("emailaddress", "mail address", "email id", "e mail id", "email s"),
        *("e mail adresse", "email adresse", "mailadresse", "correo", "courriel"),
        *("correo electronico", "direccion de correo", "adresse e mail"),
        *("adresse mail", "adresse electronique", "adresse courriel"),
        *("indirizzo e mail", "indirizzo email", "posta elettronica"),
        *("endereco de e mail", "e mailadres", "mailadres", "epost", "e post"),
        *("e postadress", "sahkoposti", "adres e mail", "adresa e mail"),
    ),
    "first_name": (
        *("first name", "firstname", "first", "forename", "given name", "given names"),
        *("givenname", "first names", "preferred name", "nombre", "nombres", "prenom"),
        *("prenoms", "vorname", "rufname", "nome proprio", "voornaam", "fornamn"),
        *("fornavn", "imie", "jmeno", "etunimi"),
    ),
    "last_name": (
        *("last name", "lastname", "last", "surname", "family name", "familyname"),
        *("apellido", "apellidos", "nom de famille", "nom d usage", "nachname"),
        *("familienname", "zuname", "cognome", "sobrenome", "apelido", "achternaam"),
        *("efternamn", "efternavn", "etternavn", "nazwisko", "prijmeni", "sukunimi"),
    ),
    "name": (
        *("name", "full name", "fullname", "person", "nombre completo", "nom complet"),
        *("nom et prenom", "nom", "nome", "nome completo", "nombre y apellidos"),
        *("apellidos y nombre", "vollstandiger name", "employee name", "staff name"),
        *("mitarbeiter", "name vorname", "display name", "naam", "namn", "navn"),
    ),
    "staff_number": (
        *("staff number", "staff no", "staff id", "staffid", "employee number"),
        *("employee no", "employee id", "employeeid", "emp no", "emp id", "emp number"),
        *("personnel number", "personnel no", "person id", "person number"),
        *("payroll number", "payroll no", "payroll id", "hr number", "hr id"),
        *("external id", "worker id", "associate id", "personalnummer", "personal nr"),
        *("pers nr", "persnr", "mitarbeiternummer", "mitarbeiter nr", "matricule"),
        *("numero d employe", "numero de matricule", "numero de empleado"),
        *("n de empleado", "numero empleado", "id empleado", "legajo", "matricola"),
        *("numero de matricola", "numero de funcionario", "personeelsnummer"),
        *("anstallningsnummer", "medarbejdernummer", "ansattnummer"),
        *("henkilonumero", "numer pracownika", "osobni cislo"),
    ),
    "role": ("role", "role in the team", "team role", "rol", "rolle", "funktion"),
    "joined_on": (
        *("team joined date", "joined", "joined on", "joined date", "date joined"),
        *("start date", "since", "hire date", "date of hire", "joining date"),
        *("started", "fecha de alta", "fecha de inicio", "eintritt", "eintrittsdatum"),
        *("date d entree", "date d embauche", "date d arrivee", "data di assunzione"),
        *("data de admissao", "datum in dienst", "begindatum", "startdatum"),
    ),
}
FIELDS = tuple(NAMES)
_FIELDS = {name: field for field, names in NAMES.items() for name in names}
# Words around a name that do not change what it means.
_AROUND = frozenset(
    (
        *("work", "business", "company", "office", "staff", "employee"),
        *("official", "primary", "corporate", "professional", "your", "their"),
        *(
            "the",
            "dienstliche",
            "berufliche",
            "professionnel",
            "professionnelle",
            "profesional",
        ),
        *("aziendale",),
    )
)
# These also name what somebody is at work: their cells tell which is meant.
_OF_JOBS = frozenset(["role", "rol", "rolle", "funktion"])


def plain(text: str) -> str:
    """Return the text in small letters, without accents and signs."""
    letters = unicodedata.normalize("NFKD", text)
    bare = "".join(sign for sign in letters if not unicodedata.combining(sign))
    return " ".join(re.split(r"[\W_]+", bare.casefold())).strip()


def field_called(name: str) -> str:
    """Return the field that a column of this name holds; empty if none is known."""
    words = plain(name)
    around = " ".join(word for word in words.split() if word not in _AROUND)
    return _FIELDS.get(words) or _FIELDS.get(around, "")


def is_of_jobs(name: str) -> bool:
    """Return whether the column may as well say what people are at work."""
    return plain(name) in _OF_JOBS


def place_of_head(rows: Sequence[Sequence[str]]) -> int:
    """Return the place of the row that names the columns, from 0; -1 if there is none.

    Titles may stand above it. Where no row names the address, it is the one above the
    first address.
    """
    top = rows[:LOOKED_AT]
    for place, cells in enumerate(top):
        if "email" in map(field_called, cells):
            return place
    for place, cells in enumerate(top):
        if any("@" in cell for cell in cells):
            return place - 1
    return 0


def fields_of(head: Sequence[str], body: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """Return for each column the field that it most likely holds, or an empty text.

    Of two for the same the first is taken; only of two for the address nobody can tell.
    """
    fields = [field_called(name) for name in head]
    if "email" not in fields:
        fields = _by_cells(fields, body)
    for place, field in enumerate(fields):
        if field != "email" and field in fields[:place]:
            fields[place] = ""
    return tuple(_half_names(fields))


def _by_cells(fields: list[str], body: Sequence[Sequence[str]]) -> list[str]:
    """Return the fields with the address where most cells have an @, if one has."""

    def share(place: int) -> float:
        cells = [row[place] for row in body if place < len(row) and row[place].strip()]
        return sum("@" in cell for cell in cells) / len(cells) if cells else 0

    found = [place for place in range(len(fields)) if share(place) > 0.5]
    if len(found) == 1:
        fields[found[0]] = "email"
    return fields


def _half_names(fields: list[str]) -> list[str]:
    """Return the fields with “Name” beside one half of a name as the other half."""
    halves = {"first_name", "last_name"} & set(fields)
    if "name" in fields and halves:
        other = {"first_name", "last_name"} - halves
        fields[fields.index("name")] = next(iter(other), "")
    return fields


def places(fields: Sequence[str], head: Sequence[str]) -> dict[str, int]:
    """Return field → place of its column, from 0.

    Raises UnableToRead where no column holds the address, or two the same.
    """
    found: dict[str, int] = {}
    for place, field in enumerate(fields):
        if field in found:
            raise UnableToRead(FileProblem.COLUMN_TWICE, head[place])
        if field:
            found[field] = place
    if "email" not in found:
        named = ", ".join(name for name in head if name)
        raise UnableToRead(FileProblem.NO_EMAIL_COLUMN, named)
    return found

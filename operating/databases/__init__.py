"""Copies of the site's database, by the means that each kind of database has for it."""

from django.db import connection

from operating.databases.copies import DatabaseCopies
from operating.databases.postgresql import PostgresqlCopies
from operating.databases.sqlite import SqliteCopies

_KINDS: dict[str, type[DatabaseCopies]] = {
    "sqlite": SqliteCopies,
    "postgresql": PostgresqlCopies,
}


def copies_of_database() -> DatabaseCopies:
    """Return what copies and restores the database that the site uses."""
    return _KINDS[connection.vendor]()

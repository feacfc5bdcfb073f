"""Queries whose SQL is built once in each process, and asked with other values.

To build SQL takes ten times as long as SQLite takes to answer it. What is kept is SQL
and how rows become objects, never a row.
"""

from collections.abc import Callable
from copy import copy
from functools import cached_property
from typing import Any

from django.db import connections
from django.db.models import Expression, Field, QuerySet


class Given(Expression):
    """Stands for a value that is given whenever the query is asked.

    `field` says how it is written in SQL.
    """

    def __init__(self, name: str, field: Field):
        super().__init__(output_field=field)
        self.name = name

    def as_sql(self, compiler, connection):
        return "%s", [_Place(self.name, self.output_field)]


class _Place:
    """Where a value goes among the parameters of a statement."""

    def __init__(self, name, field):
        self.name, self._field = name, field

    def fill(self, given, connection):
        return self._field.get_db_prep_value(given[self.name], connection)


class PreparedQuery:
    """A queryset in which `Given` stands for what differs from one time to the next.

    `build` returns it: rows, or tuples by `values_list`. It is called once for each database, so it must not depend on
    the moment or on who is asking.
    """

    def __init__(self, build: Callable[[], QuerySet[Any, Any]]):
        self._build = build

    def all(self, **given: Any) -> list[Any]:
        """Return what the queryset returns with these values, in one query."""
        queryset, kept, sql, places = self._built
        compiler = copy(kept)
        compiler.connection = connection = connections[kept.using]
        params = tuple(
            place.fill(given, connection) if isinstance(place, _Place) else place
            for place in places
        )
        compiler.as_sql = lambda *args, **options: (sql, params)
        return list(queryset._iterable_class(_Asked(queryset, compiler)))

    def first(self, **given: Any) -> Any:
        """Return the first of `all`, or None. The queryset is limited by a slice."""
        return next(iter(self.all(**given)), None)

    @cached_property
    def _built(self):
        queryset = self._build()
        compiler = queryset.query.get_compiler(queryset.db)
        sql, places = compiler.as_sql()
        # It is that of the thread that came first.
        compiler.connection = None
        return queryset, compiler, sql, places


class _Asked:
    """What an iterable of Django's reads of a queryset."""

    def __init__(self, queryset, compiler):
        self.db, self.query, self.model = compiler.using, self, queryset.model
        self._known_related_objects = queryset._known_related_objects
        self._compiler = compiler

    def get_compiler(self, using):
        return self._compiler

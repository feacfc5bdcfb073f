"""Which tables each verb writes, as seen when it runs alone."""

from itertools import combinations_with_replacement

from django.db import connection

from page_cache.rules import find_changed_table
from tests.verbs.people import VERBS, Person

# Written to by nearly all, and never changed there.
LOGS = {"wagtailcore_modellogentry", "wagtailcore_pagelogentry", "django_q_ormq"}


def pairs_that_meet(place):
    """Return the pairs of verbs that write a table in common."""
    tables = {name: tables_of(place, name) for name in VERBS}
    return [
        pair
        for pair in combinations_with_replacement(VERBS, 2)
        if tables[pair[0]] & tables[pair[1]]
    ]


def tables_of(place, name):
    """Return the tables that a verb writes for somebody new."""
    person, found = Person(place), set()
    prepare(person, name)

    def watch(execute, statement, params, many, context):
        found.add(find_changed_table(statement))
        return execute(statement, params, many, context)

    with connection.execute_wrapper(watch):
        getattr(person, name)()
    return found - {None} - LOGS


def prepare(person, name):
    """Prepare what the verb needs, if it needs anything."""
    getattr(person, f"_before_{name}", lambda: None)()

"""Sees each statement that a connection runs, whoever runs it.

A signal would miss bulk writes, and a list of actions the one that is written next.
"""

from functools import cache
from itertools import chain

from django.apps import apps

from page_cache.content_version import close_content_version, renew_content_version
from page_cache.rules import find_changed_table


def watch_connection(connection, **signal) -> None:
    """Have the connection renew the content version when it changes content."""
    if renew_when_content_changes not in connection.execute_wrappers:
        # In front: a wrapper that is there for a while is taken from the end.
        connection.execute_wrappers.insert(0, renew_when_content_changes)


def renew_when_content_changes(execute, sql, params, many, context):
    """Run the statement; renew the content version when what it changed can be seen."""
    table = find_changed_table(str(sql))
    if table is None or table in tables_shown_to_no_visitor():
        return execute(sql, params, many, context)
    if context["connection"].in_atomic_block:
        _renew_on_commit(context["connection"])
        return execute(sql, params, many, context)
    close_content_version()
    try:
        return execute(sql, params, many, context)
    finally:
        renew_content_version()


def _renew_on_commit(connection):
    """Renew once for each transaction; a savepoint rolled back takes its hooks along."""
    hooks = (hook for _savepoints, hook, _robust in connection.run_on_commit)
    if renew_content_version not in hooks:
        close_content_version()
        connection.on_commit(renew_content_version, robust=True)


@cache
def tables_shown_to_no_visitor() -> frozenset[str]:
    """Return the tables that the rooms declare, for the names of their models."""
    declared = chain.from_iterable(
        getattr(app, "shown_to_no_visitor", ()) for app in apps.get_app_configs()
    )
    return frozenset(apps.get_model(name)._meta.db_table for name in declared)

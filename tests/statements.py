"""What a request, or other work, asks of the database."""

import re
from collections.abc import Callable
from typing import Any
from unittest import mock

from django.db import connection
from django.db.models.sql.compiler import SQLCompiler
from django.test.utils import CaptureQueriesContext

_TRANSACTION = re.compile(r"BEGIN|SAVEPOINT|RELEASE|COMMIT|ROLLBACK", re.IGNORECASE)
_WRITE = re.compile(r"INSERT|UPDATE|DELETE", re.IGNORECASE)


def statements_of(work: Callable[..., object], *args: Any, **named: Any) -> list[str]:
    """Call `work` and return its statements, without those that control transactions."""
    with CaptureQueriesContext(connection) as captured:
        work(*args, **named)
    statements = [query["sql"] for query in captured]
    return [sql for sql in statements if not _TRANSACTION.match(sql)]


def writes_in(statements: list[str]) -> list[str]:
    """Return the statements that change rows."""
    return [sql for sql in statements if _WRITE.match(sql)]


def rows_read(work: Callable[..., object]) -> int:
    """Call `work` and return how many rows its queries read."""
    read = []
    results_iter = SQLCompiler.results_iter

    def counting(compiler, *args, **named):
        for row in results_iter(compiler, *args, **named):
            read.append(row)
            yield row

    with mock.patch.object(SQLCompiler, "results_iter", counting):
        work()
    return len(read)

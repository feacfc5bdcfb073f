"""PostgreSQL as Django has it, but no thread waits for ever when it does not respond."""

from time import monotonic

import psycopg
from django.db.backends.postgresql import base
from psycopg.pq import TransactionStatus

from config.postgresql import patience
from config.resting import Rest

_rest = Rest(5)


class PatientConnection(psycopg.Connection):
    """Gives up a statement that is not responded to, and is of no use afterwards."""

    _patience: float | None = None
    _trusted_until = 0.0

    def wait(self, gen, *args, timeout=None, **named):
        if timeout is None:
            timeout = self._patience or patience.seconds
        try:
            response = super().wait(gen, *args, timeout=timeout, **named)
        except psycopg.OperationalError:
            # The response may still come, and would be taken for that of the next one.
            if self.pgconn.transaction_status == TransactionStatus.ACTIVE:
                self.close()
            raise
        self._trusted_until = monotonic() + patience.OF_TRUST
        return response

    def execute(self, *args, **named):
        """Do what the pool asks, to see whether this works; others use a cursor."""
        if monotonic() < self._trusted_until:
            return None
        self._patience = patience.OF_CHECKS
        try:
            return super().execute(*args, **named)
        finally:
            self._patience = None


class DatabaseWrapper(base.DatabaseWrapper):
    """Refuses at once while PostgreSQL is known not to respond.

    Otherwise each request would wait for the pool's timeout and keep a thread from
    pages that need no database. Without a pool, as in tests, nothing waits.
    """

    def __init__(self, *args, **named):
        super().__init__(*args, **named)
        if pool := self.settings_dict["OPTIONS"].get("pool"):
            pool.setdefault("connection_class", PatientConnection)

    def get_new_connection(self, conn_params):
        if not self.pool:
            return super().get_new_connection(conn_params)
        if not _rest.may_ask():
            raise psycopg.OperationalError("PostgreSQL did not respond a moment ago.")
        worked = False
        try:
            connection = super().get_new_connection(conn_params)
            worked = True
        finally:
            _rest.note(worked=worked)
        return connection

"""The cable to PostgreSQL is pulled: no thread waits for ever, and it comes back."""

import os
import subprocess
import sys

import psycopg
import pytest
from django.db import OperationalError, connection

from config.postgresql import patience
from config.postgresql.base import PatientConnection
from config.stores import database_settings
from tests.door import Door
from tests.waiting import PATIENCE

BEGIN = """
import threading, time
import django
django.setup()
from django.db import OperationalError, connection
from config.postgresql import patience
from tests.door import Door

def ask(statement="SELECT 1"):
    try:
        with connection.cursor() as cursor:
            cursor.execute(statement)
            return "works"
    except OperationalError as problem:
        return str(problem)
    finally:
        connection.close()

def ask_until(expected):
    while ask() != expected:
        time.sleep(0.2)
"""
IDLE = """
door = Door("127.0.0.1", {port})
door.port = {door}
door.open()
assert ask() == "works"
door.pull()
time.sleep(patience.OF_TRUST)
assert "couldn't get a connection" in ask()
assert ask() == "PostgreSQL did not respond a moment ago."
door.plug()
ask_until("works")
"""
BUSY = """
door = Door("127.0.0.1", {port})
door.port = {door}
door.open()
patience.OF_REQUESTS = 2
patience.wait_as_requests_do()
threading.Timer(0.5, door.pull).start()
assert ask("SELECT pg_sleep(1)") == "wait timeout expired"
door.plug()
ask_until("works")
"""
pytestmark = pytest.mark.django_db
needs_postgresql = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="Its cable cannot be pulled: SQLite."
)


@pytest.fixture
def behind_a_door():
    """Run code in a process whose way to PostgreSQL is a door; return what it wrote."""
    told = connection.settings_dict
    port = int(told["PORT"] or 5432)
    door = Door("127.0.0.1", port).port
    address = f"postgres://{told['USER']}@127.0.0.1:{door}/{told['NAME']}"

    def run(code):
        return subprocess.run(
            [sys.executable, "-c", BEGIN + code.format(port=port, door=door)],
            env=os.environ
            | {
                "DATABASE_URL": address,
                "DJANGO_SETTINGS_MODULE": "config.settings.production",
                "SECRET_KEY": "only-for-tests",
            },
            capture_output=True,
            check=True,
            text=True,
            timeout=PATIENCE,
        ).stderr

    return run


@needs_postgresql
@pytest.mark.parametrize("code", [IDLE, BUSY])
def test_a_statement_that_is_not_responded_to_fails_and_later_ones_work(
    behind_a_door, code
):
    assert "Traceback" not in behind_a_door(code)


@needs_postgresql
@pytest.mark.parametrize(("trusted_for", "asked"), [(60, False), (0, True)])
def test_the_pool_asks_only_connections_that_have_not_responded_lately(
    monkeypatch, trusted_for, asked
):
    monkeypatch.setattr(patience, "OF_TRUST", trusted_for)
    told = connection.get_connection_params() | {"cursor_factory": psycopg.Cursor}
    with PatientConnection.connect(**told, autocommit=True) as found:
        found.cursor().execute("SELECT 1")
        answered = found.execute("SELECT 1")
    assert bool(answered) == asked


def test_the_system_notices_a_pulled_cable_within_seconds():
    options = database_settings("postgres://anteroom@10.0.0.2/anteroom")["OPTIONS"]
    found = options["keepalives_idle"]
    found += options["keepalives_interval"] * options["keepalives_count"]
    assert found < 10
    assert options["tcp_user_timeout"] < 10_000
    assert options["connect_timeout"] <= options["pool"]["timeout"]
    assert options["pool"]["reconnect_timeout"] <= 5


def test_an_operator_may_say_otherwise():
    told = "postgres://anteroom@10.0.0.2/anteroom?connect_timeout=9"
    assert database_settings(told)["OPTIONS"]["connect_timeout"] in {9, "9"}


@needs_postgresql
def test_a_database_that_is_not_there_keeps_nobody_from_another():
    nowhere = connection.copy("nowhere")
    nowhere.settings_dict["NAME"] = "there_is_no_such_database"
    for _try in range(2):
        with pytest.raises(OperationalError, match="does not exist"):
            nowhere.ensure_connection()

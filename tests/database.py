"""The database of a test run: a copy of one that was migrated once.

Wagtail's migrations take longer than most rooms' tests, so what they leave is kept,
and made anew only when a migration or a package changed. `python -m tests.database`
makes it beforehand, while pytest still collects what there is to run.
"""

import fcntl
import gc
import hashlib
import os
import sqlite3
import subprocess
import sys
from contextlib import closing, contextmanager
from importlib.metadata import distributions
from pathlib import Path

import django
import pytest
from django.apps import apps
from django.conf import settings
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import TransactionTestCase


def switch_to_copy(connection, suffix):
    """Point the connection at a new copy of the migrated database."""
    with _one_process_at_a_time():
        _make_template(connection)
        connection.creation.clone_test_db(suffix, verbosity=0)
    connection.settings_dict |= connection.creation.get_test_db_clone_settings(suffix)


def template_at(url=""):
    """Return the name of the migrated database at this address, made if need be.

    SQLite's is a file in `var/`, and is taken without an address.
    """
    others = {
        name: value for name, value in os.environ.items() if name != "DATABASE_URL"
    }
    done = subprocess.run(
        [sys.executable, "-m", "tests.database"],
        env=others | ({"DATABASE_URL": url} if url else {}),
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    return done.stdout.strip()


@contextmanager
def restored_after_real_transactions(connection):
    """Let tests with real transactions leave behind what is there now.

    Django empties all tables and makes anew what follows from models, which takes
    ten times as long as copying pages of SQLite. Other databases are emptied.
    """
    if connection.vendor != "sqlite":
        yield
        return
    with (
        closing(sqlite3.connect(":memory:")) as kept,
        pytest.MonkeyPatch.context() as patch,
    ):
        connection.ensure_connection()
        connection.connection.backup(kept)

        def restore(_test):
            connection.ensure_connection()
            kept.backup(connection.connection)

        patch.setattr(TransactionTestCase, "_fixture_teardown", restore)
        yield


@contextmanager
def _one_process_at_a_time():
    with (settings.VAR_DIR / "test-template.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _make_template(connection):
    connection.settings_dict["NAME"] = connection.settings_dict["TEST"]["NAME"]
    mark = ("template", _digest())
    if not _is_marked(connection, mark):
        connection.close()
        connection.creation.create_test_db(
            verbosity=0, autoclobber=True, serialize=False
        )
        MigrationRecorder(connection).record_applied(*mark)
    # Nobody may be connected to what is copied.
    connection.close()


def _is_marked(connection, mark):
    try:
        return mark in MigrationRecorder(connection).applied_migrations()
    except OperationalError:  # PostgreSQL has no such database yet
        return False


def _digest():
    """Return what stands for all migrations and all versions of packages."""
    folders = [Path(app.path, "migrations") for app in apps.get_app_configs()]
    # Room by room, so that it does not matter where the environment lies.
    files = [file for folder in folders for file in sorted(folder.glob("*.py"))]
    packages = sorted(f"{found.name} {found.version}" for found in distributions())
    digest = hashlib.sha256("\n".join(packages).encode())
    for file in files:
        digest.update(file.read_bytes())
    return digest.hexdigest()


if __name__ == "__main__":
    gc.disable()  # It would search what migrations leave behind again and again.
    django.setup()
    with _one_process_at_a_time():
        _make_template(connection)
    sys.stdout.write(f"{connection.settings_dict['NAME']}\n")

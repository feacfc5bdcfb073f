"""Copies of PostgreSQL by its own programs."""

import os
import re
import shutil
import subprocess
from pathlib import Path

from django.db import connection
from django.utils import timezone
from psycopg.conninfo import make_conninfo
from psycopg.pq import Conninfo

from jobs.cluster import close_databases
from jobs.queries import worker_listens
from operating.databases.copies import DatabaseCopies, UnableToCopyDatabase
from operating.file_swaps import FileSwaps

PROGRAMS = ("pg_dump", "pg_restore", "psql")
OTHERS = """
SELECT count(*) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid()
AND coalesce(backend_type, 'client backend') = 'client backend'
"""
TABLES = "SELECT count(*) FROM pg_tables WHERE schemaname = current_schema()"
# In the transaction that restores, so that the old tables come back if that fails.
DROP_TABLES = """
SET LOCAL lock_timeout = '10s';
DO $$ DECLARE found record; BEGIN
FOR found IN SELECT tablename FROM pg_tables WHERE schemaname = current_schema() LOOP
EXECUTE format('DROP TABLE IF EXISTS %I CASCADE', found.tablename);
END LOOP; END $$;
"""


class PostgresqlCopies(DatabaseCopies):
    """`pg_dump` in its custom format, restored in one transaction."""

    def copy_database(self, file: Path) -> None:
        self._check_programs()
        file.touch(mode=0o600)
        self._run("pg_dump", "--format=custom", "--no-owner", "--file", file)

    def check_copy(self, file: Path) -> None:
        self._check_programs()
        self._run("pg_restore", "--list", file, connects=False)

    def is_empty(self) -> bool:
        return self._count(TABLES) == 0

    def describe_users(self) -> str:
        """Return who is connected, from this machine or another."""
        if others := self._count(OTHERS):
            return f"Other open connections to the database: {others}."
        if not self.is_empty() and worker_listens(at=timezone.now()):
            return "A worker was active less than 30 seconds ago."
        return ""

    def staging_place(self, folder: Path) -> Path:
        return folder / "database.dump"

    def restore_copy(self, file: Path, swaps: FileSwaps) -> None:
        first, script = file.with_name("first.sql"), file.with_name("restore.sql")
        first.write_text(DROP_TABLES)
        script.touch(mode=0o600)
        options = ("--no-owner", "--no-privileges", "--file", script)
        # Not through a pipe: a script that ends too soon would be committed.
        self._run("pg_restore", *options, file, connects=False)
        close_databases()
        options = ("--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1")
        files = ("--single-transaction", "--file", first, "--file", script)
        self._run("psql", *options, *files)

    def _count(self, sql):
        with connection.cursor() as cursor:
            cursor.execute(sql)
            return cursor.fetchone()[0]

    def _check_programs(self):
        """Raise UnableToCopyDatabase unless all programs are there and new enough."""
        with connection.cursor():
            server = connection.pg_version // 10_000
        for program in PROGRAMS:
            if not shutil.which(program):
                raise UnableToCopyDatabase(
                    f"{program} is missing. Install it: apt install"
                    f" postgresql-client-{server}"
                )
            version = self._version_of(program)
            if version < server:
                raise UnableToCopyDatabase(
                    f"{program} is version {version}, but the server is version {server}."
                    f" Install postgresql-client-{server} or newer."
                )

    def _version_of(self, program):
        printed = self._run(program, "--version", connects=False)
        found = re.search(r"\(PostgreSQL\) (\d+)", printed)
        return int(found[1]) if found else 0

    def _run(self, program, *arguments, connects=True):
        address, password = _connection_of_programs() if connects else ("", {})
        command = [program, *map(str, arguments), *([f"--dbname={address}"] * connects)]
        done = subprocess.run(  # noqa: S603 -- PostgreSQL's own programs
            command, capture_output=True, check=False, env=os.environ | password
        )
        if done.returncode:
            reason = done.stderr.decode(errors="replace").strip()[:2000]
            raise UnableToCopyDatabase(f"{program} failed: {reason}")
        return done.stdout.decode(errors="replace")


def _connection_of_programs():
    """Return the address, and the password apart: others can read command lines."""
    given = connection.get_connection_params()
    known = {each.keyword.decode() for each in Conninfo.get_defaults()}
    address = {name: given[name] for name in known & given.keys() - {"password"}}
    return make_conninfo(**address), {"PGPASSWORD": given.get("password") or ""}

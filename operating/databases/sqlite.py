"""Copies of SQLite by its own online backup."""

import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from django.db import connection

from operating.databases.copies import DatabaseCopies, UnableToCopyDatabase
from operating.file_swaps import FileSwaps

# What SQLite keeps beside a database until it is closed.
BESIDE = ("-wal", "-shm")


class SqliteCopies(DatabaseCopies):
    """The database is one file; its write-ahead log never meets another one's."""

    @property
    def _place(self):
        # A symbolic link stays one.
        return Path(connection.settings_dict["NAME"]).resolve()

    def copy_database(self, file: Path) -> None:
        file.touch(mode=0o600)
        with (
            closing(_open_to_read(self._place)) as source,
            closing(sqlite3.connect(file)) as target,
        ):
            source.backup(target)
            # One file, which needs no log beside it to be whole.
            target.execute("PRAGMA journal_mode=DELETE")

    def check_copy(self, file: Path) -> None:
        try:
            with closing(_open_to_read(file)) as copy:
                [finding] = copy.execute("PRAGMA integrity_check(1)").fetchone()
        except sqlite3.Error as error:
            finding = str(error)
        if finding != "ok":
            raise UnableToCopyDatabase(
                f"The database in the backup is damaged: {finding}."
            )

    def is_empty(self) -> bool:
        if not self._place.exists():
            return True
        with closing(_open_to_read(self._place)) as found:
            tables = found.execute("SELECT count(*) FROM sqlite_master").fetchone()
        return tables == (0,)

    def describe_users(self) -> str:
        """Return "": only this machine can use the file, and the lock says who does."""
        return ""

    def staging_place(self, folder: Path) -> Path:
        """Return a name beside the database, from where it can be renamed."""
        return self._place.with_name(self._place.name + ".restoring")

    def restore_copy(self, file: Path, swaps: FileSwaps) -> None:
        self._empty_log()
        for suffix in BESIDE:
            swaps.move_away(self._place.with_name(self._place.name + suffix))
        swaps.replace_file(file, self._place)

    def _empty_log(self):
        """Write the log into the old database, so that none waits for the new one."""
        if self._place.exists():
            with (
                # If the old one is broken, the log is moved away with it.
                suppress(sqlite3.Error),
                closing(sqlite3.connect(self._place)) as old,
            ):
                old.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _open_to_read(file):
    return sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True, timeout=60)

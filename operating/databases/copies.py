"""What a kind of database must be able to do for backups."""

from abc import ABC, abstractmethod
from pathlib import Path

from operating.file_swaps import FileSwaps


class UnableToCopyDatabase(Exception):
    """The database cannot be copied or restored; the message says why and what to do."""


class DatabaseCopies(ABC):
    """Copies the site's database into a file, and puts such a file in its place."""

    @abstractmethod
    def copy_database(self, file: Path) -> None:
        """Write a whole copy, while others read and write.

        Raises UnableToCopyDatabase.
        """

    @abstractmethod
    def check_copy(self, file: Path) -> None:
        """Raise UnableToCopyDatabase if the file is no whole copy."""

    @abstractmethod
    def is_empty(self) -> bool:
        """Return whether there are no tables yet."""

    @abstractmethod
    def describe_users(self) -> str:
        """Return a sentence on who uses the database now; "" if nobody does."""

    @abstractmethod
    def staging_place(self, folder: Path) -> Path:
        """Return where a copy is best put before it is restored."""

    @abstractmethod
    def restore_copy(self, file: Path, swaps: FileSwaps) -> None:
        """Put the copy in the place of the database: all of it, or nothing.

        Raises UnableToCopyDatabase.
        """

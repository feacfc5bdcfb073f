"""A backup as one file: a zip with a manifest, which only its owner can read."""

import hashlib
import os
import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from operating.rules.manifest import (
    FOREIGN,
    MANIFEST,
    BackupManifest,
    UnusableBackup,
    check_names,
    read_manifest,
)

CHUNK = 1 << 20
# Far more than the names of a million media files.
LONGEST_MANIFEST = 200_000_000
# Everything that `zipfile` raises for files that were altered.
BROKEN = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    OSError,
)


@contextmanager
def private_folder(beside: Path) -> Iterator[Path]:
    """Give a temporary folder beside the file that only its owner can open."""
    with tempfile.TemporaryDirectory(prefix=".backup-", dir=beside.parent) as folder:
        yield Path(folder)


def move_finished(new: Path, file: Path, *, replace: bool) -> None:
    """Give the finished file its name. Raises FileExistsError unless it may replace."""
    if not replace:
        # Two at once: only one of them may have the name.
        os.close(os.open(file, os.O_CREAT | os.O_EXCL, 0o600))
    new.replace(file)


class BackupWriter:
    """Writes parts into a new file, and the manifest at the end."""

    def __init__(self, file: Path):
        self._stream = os.fdopen(
            os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb"
        )
        self._zip = zipfile.ZipFile(
            self._stream, "w", zipfile.ZIP_DEFLATED, compresslevel=1
        )
        self.parts: dict[str, str] = {}

    def add_part(self, name: str, source: IO[bytes]) -> None:
        """Add what the source holds, and remember its sha256."""
        digest = hashlib.sha256()
        with self._zip.open(name, "w", force_zip64=True) as target:
            while chunk := source.read(CHUNK):
                digest.update(chunk)
                target.write(chunk)
        self.parts[name] = digest.hexdigest()

    def finish(self, manifest: BackupManifest) -> None:
        """Write the manifest; return when all of it is on the disk."""
        self._zip.writestr(MANIFEST, manifest.model_dump_json(indent=1))
        self._zip.close()
        self._stream.flush()
        os.fsync(self._stream.fileno())
        self._stream.close()

    def abandon(self) -> None:
        """Let go of a file that will not be finished."""
        with suppress(ValueError, OSError):
            self._zip.close()
        self._stream.close()


class BackupReader:
    """Reads a backup. Whatever is wrong with the file, it raises UnusableBackup."""

    def __init__(self, file: Path):
        try:
            self._zip = zipfile.ZipFile(file)
            manifest = self._read_manifest()
        except (FileNotFoundError, PermissionError, IsADirectoryError) as error:
            raise UnusableBackup(f"{file} cannot be read: {error.strerror}.") from error
        # Without a manifest it is a KeyError.
        except (KeyError, *BROKEN) as error:
            raise UnusableBackup(FOREIGN) from error
        self.manifest = read_manifest(manifest)
        check_names(self.manifest, self._zip.namelist())

    def _read_manifest(self):
        with self._zip.open(MANIFEST) as stream:
            return stream.read(LONGEST_MANIFEST)

    def __enter__(self):
        return self

    def __exit__(self, *_error):
        self._zip.close()

    def check_digests(self) -> None:
        """Read all parts. Raises UnusableBackup if one is not what was written."""
        for name, expected in self.manifest.parts.items():
            if self._digest_of(name) != expected:
                raise UnusableBackup(f"{name} in the backup was altered.")

    def _digest_of(self, name):
        try:
            with self._zip.open(name) as stream:
                return hashlib.file_digest(stream, "sha256").hexdigest()
        except BROKEN as error:
            raise UnusableBackup(f"{name} in the backup is damaged.") from error

    def extract_part(self, name: str, target: Path, mode: int = 0o600) -> None:
        """Write the part to a new file with this mode."""
        target.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, mode)
        with os.fdopen(descriptor, "wb") as new, self._zip.open(name) as stream:
            shutil.copyfileobj(stream, new, CHUNK)
            new.flush()
            os.fsync(new.fileno())

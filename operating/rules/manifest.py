"""What a backup says about itself: its first reader decides whether it can be used."""

import datetime as dt
import re
from collections.abc import Collection, Iterable
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

KIND: Literal["anteroom-backup"] = "anteroom-backup"
FORMAT = 1
MANIFEST = "manifest.json"
SECRET_KEY = "secret-key"  # noqa: S105 -- the name of a part
MEDIA = "media/"
DATABASES = {"sqlite": "database.sqlite3", "postgresql": "database.dump"}
SHA256 = re.compile(r"[0-9a-f]{64}")
FOREIGN = "This is not a backup of Anteroom, or it is not complete."
NEWER = "This backup was made by a newer version of Anteroom. Update, then restore it."


class UnusableBackup(Exception):
    """The file cannot be restored; the message says why, in a sentence for operators."""


class BackupManifest(BaseModel):
    """What is in a backup: each part's name with its sha256, and the migrations."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: Literal["anteroom-backup"] = KIND
    format: int = FORMAT
    made_at: dt.datetime
    database: Literal["sqlite", "postgresql"]
    migrations: list[tuple[str, str]]
    parts: dict[str, str]

    @property
    def media(self) -> list[str]:
        """The names of its media parts."""
        return [name for name in self.parts if name.startswith(MEDIA)]


def read_manifest(text: bytes) -> BackupManifest:
    """Return the manifest. Raises UnusableBackup."""
    try:
        header = _Header.model_validate_json(text)
        if header.format > FORMAT:
            raise UnusableBackup(NEWER)
        manifest = BackupManifest.model_validate_json(text)
    except ValidationError as error:
        raise UnusableBackup(FOREIGN) from error
    _check_parts(manifest)
    return manifest


class _Header(BaseModel):
    """What every version's manifest begins with."""

    kind: Literal["anteroom-backup"]
    format: int


def _check_parts(manifest: BackupManifest) -> None:
    fixed = {DATABASES[manifest.database], SECRET_KEY}
    for name, digest in manifest.parts.items():
        if not (name in fixed or is_media_name(name)) or not SHA256.fullmatch(digest):
            raise UnusableBackup(f"The backup contains an invalid part: {name!r}.")
    if DATABASES[manifest.database] not in manifest.parts:
        raise UnusableBackup("The backup contains no database.")


def is_media_name(name: str) -> bool:
    """Return whether the part belongs below the media folder, and nowhere else."""
    folders = name.removeprefix(MEDIA).split("/")
    is_plain = all(part not in {"", ".", ".."} for part in folders)
    return name.startswith(MEDIA) and is_plain and not re.search(r"[\\\0]", name)


def check_names(manifest: BackupManifest, names: Collection[str]) -> None:
    """Raise UnusableBackup unless the file has exactly the parts of the manifest."""
    if sorted(names) != sorted([*manifest.parts, MANIFEST]):
        raise UnusableBackup("The backup does not contain what it says it contains.")


def check_migrations(
    manifest: BackupManifest, known: Iterable[tuple[str, str]]
) -> None:
    """Raise UnusableBackup if this version of the site does not know its tables."""
    if not set(manifest.migrations) <= set(known):
        raise UnusableBackup(NEWER)

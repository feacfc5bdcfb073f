"""Putting the database, media and secret key into one file."""

import datetime as dt
from contextlib import suppress
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.db.migrations.loader import MigrationLoader
from wagtail.log_actions import log
from wagtail.models import Site

from operating.backup_files import BackupWriter, move_finished, private_folder
from operating.databases import copies_of_database
from operating.databases.copies import UnableToCopyDatabase
from operating.media_files import find_media
from operating.queries.overview import BACKED_UP
from operating.rules.manifest import DATABASES, MEDIA, SECRET_KEY, BackupManifest


class UnableToBackUp(Exception):
    """No backup was made; the message says why and what to do."""


def make_backup(*, file: Path, replace: bool, at: dt.datetime) -> BackupManifest:
    """Write a backup that only its owner can read; return what is in it.

    The site's log says that it was made, and administrators see when the last one was.
    The site may be in use. The database is copied before media, so that it names no
    file that came after. Raises UnableToBackUp; then an existing file is unchanged.
    """
    if file.exists() and not replace:
        raise UnableToBackUp(f"{file} exists. Choose another name, or use --replace.")
    try:
        with private_folder(file.resolve()) as folder:
            manifest = _write_backup(folder, at)
            move_finished(folder / "backup", file, replace=replace)
    except (UnableToCopyDatabase, DatabaseError, OSError) as error:
        raise UnableToBackUp(f"No backup was made. {error}") from error
    _note_backup(at)
    return manifest


def _note_backup(at):
    site = Site.objects.filter(is_default_site=True).first()
    if site is None:
        return
    # A database that nobody can write to is backed up all the same.
    with suppress(DatabaseError), transaction.atomic():
        log(instance=site, action=BACKED_UP, timestamp=at)


def _write_backup(folder, at):
    loader = MigrationLoader(connection)
    # Libraries drop old migrations; nobody needs to know those to restore this.
    migrations = sorted(
        loader.applied_migrations.keys() & loader.disk_migrations.keys()
    )
    copy = folder / DATABASES[connection.vendor]
    copies_of_database().copy_database(copy)
    writer = BackupWriter(folder / "backup")
    try:
        _add_parts(writer, copy)
        manifest = BackupManifest(
            made_at=at,
            database=connection.vendor,
            migrations=migrations,
            parts=writer.parts,
        )
        writer.finish(manifest)
    finally:
        writer.abandon()
    return manifest


def _add_parts(writer, copy):
    with copy.open("rb") as source:
        writer.add_part(copy.name, source)
    if settings.SECRET_KEY_FILE:
        with settings.SECRET_KEY_FILE.open("rb") as source:
            writer.add_part(SECRET_KEY, source)
    for name, path in find_media():
        _add_media(writer, name, path)


def _add_media(writer, name, path):
    try:
        source = path.open("rb")
    except FileNotFoundError:
        # Somebody deleted it meanwhile.
        return
    with source:
        writer.add_part(f"{MEDIA}{name}", source)

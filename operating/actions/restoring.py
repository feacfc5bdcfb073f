"""Putting the parts of a backup in the place of what is there: all, or none."""

import datetime as dt
import shutil
import tempfile
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from wagtail.models import Site

from jobs.cluster import close_databases
from operating.backup_files import BackupReader
from operating.databases import copies_of_database
from operating.databases.copies import UnableToCopyDatabase
from operating.file_swaps import FileSwaps
from operating.media_files import find_media, media_are_here, media_folder
from operating.rules.manifest import (
    DATABASES,
    MEDIA,
    SECRET_KEY,
    BackupManifest,
    UnusableBackup,
    check_migrations,
)
from operating.running_lock import RunningLockTaken, exclusive_running_lock
from page_cache.content_version import renew_content_version

RUNNING = (
    "The site is running, or another command is using it. Stop its server, workers and"
    " cron jobs, on all machines, then restore the backup."
)
NOT_EMPTY = "This site has data. To replace them by those of the backup, use --replace."


class UnableToRestore(Exception):
    """Nothing was changed; the message says why and what to do."""


@dataclass(frozen=True)
class RestoredSite:
    """What a backup held, and where what was there before is kept."""

    manifest: BackupManifest
    kept: list[Path]


def restore_backup(*, file: Path, replace: bool, at: dt.datetime) -> RestoredSite:
    """Put the backup in the place of the site's data.

    All of it is checked before anything is touched. Raises UnableToRestore.
    """
    try:
        with exclusive_running_lock(settings.VAR_DIR), BackupReader(file) as backup:
            backup.check_digests()
            _check_fit(backup.manifest, replace=replace)
            return _restore(backup, at)
    except RunningLockTaken as error:
        raise UnableToRestore(RUNNING) from error
    except (UnusableBackup, UnableToCopyDatabase, DatabaseError, OSError) as error:
        raise UnableToRestore(f"{error} Nothing was changed.") from error


def _check_fit(manifest, *, replace):
    """Refuse a backup that this site cannot take, or a site that may not be changed."""
    if manifest.database != connection.vendor:
        raise UnusableBackup(
            f"The backup is of a {manifest.database} database, but DATABASE_URL names a"
            f" {connection.vendor} database."
        )
    if manifest.media and not media_are_here():
        raise UnusableBackup(
            "The backup contains media, but this site keeps media in object storage."
        )
    check_migrations(manifest, MigrationLoader(None).disk_migrations)
    database = copies_of_database()
    if users := database.describe_users():
        raise UnusableBackup(f"{users} {RUNNING}")
    if not replace and not (database.is_empty() and not any(find_media())):
        raise UnusableBackup(NOT_EMPTY)


def _restore(backup, at):
    with ExitStack() as stack:
        staged = _stage(backup, stack)
        database = copies_of_database()
        database.check_copy(staged[DATABASES[connection.vendor]])
        close_databases()
        suffix = f".before-restore-{at:%Y%m%d-%H%M%S}"
        with FileSwaps(suffix) as swaps:
            _swap_files(staged, swaps)
            # Last: PostgreSQL's is not renamed, so it could not be undone.
            database.restore_copy(staged[DATABASES[connection.vendor]], swaps)
    _forget_what_was_built()
    return RestoredSite(backup.manifest, swaps.kept)


def _stage(backup, stack):
    """Return part → file, all on the disk where they will be; media are one folder."""
    folder = Path(stack.enter_context(_folder_in(settings.VAR_DIR)))
    name = DATABASES[connection.vendor]
    staged = {name: copies_of_database().staging_place(folder)}
    if SECRET_KEY in backup.manifest.parts and settings.SECRET_KEY_FILE:
        staged[SECRET_KEY] = folder / SECRET_KEY
    for part, file in staged.items():
        stack.callback(file.unlink, missing_ok=True)
        backup.extract_part(part, file)
    if media_are_here():
        staged[MEDIA] = _stage_media(backup, stack)
    return staged


def _stage_media(backup, stack):
    target = media_folder().with_name(media_folder().name + ".restoring")
    stack.callback(shutil.rmtree, target, ignore_errors=True)
    target.mkdir(parents=True)
    for part in backup.manifest.media:
        backup.extract_part(part, target / part.removeprefix(MEDIA), 0o644)
    return target


@contextmanager
def _folder_in(parent):
    with tempfile.TemporaryDirectory(prefix=".restore-", dir=parent) as folder:
        yield folder


def _swap_files(staged, swaps):
    if MEDIA in staged:
        swaps.replace_file(staged[MEDIA], media_folder())
    if SECRET_KEY in staged:
        swaps.replace_file(staged[SECRET_KEY], settings.SECRET_KEY_FILE)


def _forget_what_was_built():
    """Let no page, and no note of what was loaded, be of the database of before."""
    (settings.VAR_DIR / "prepared.json").unlink(missing_ok=True)
    Site.clear_site_root_paths_cache()
    renew_content_version()

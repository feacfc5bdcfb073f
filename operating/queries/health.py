"""The state of each part of the site, for monitoring."""

import datetime as dt
import tempfile
import uuid
from collections.abc import Callable
from functools import cache

from django.core.cache import caches
from django.core.files.storage import default_storage
from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor

from jobs.queries import is_quiet
from mail.models import Message
from operating.media_files import media_are_here, media_folder

WORKS, DOWN = "works", "down"
QUIET = "none has run for more than 15 minutes"
LATE = "some has waited for more than an hour"
NOT_APPLIED = "not all are applied"
# Without one of these, people cannot use the site as they should.
NECESSARY = ("database", "cache", "migrations", "media")


def state_of_parts(*, at: dt.datetime) -> dict[str, str]:
    """Return part → its state, checked now without anything that hides errors."""
    database = _database()

    def if_database(check: Callable[[], str]) -> str:
        return check() if database == WORKS else DOWN

    return {
        "database": database,
        "cache": _cache(),
        "migrations": if_database(_migrations),
        "media": _media(),
        "mail": if_database(lambda: _mail(at)),
        "worker": if_database(lambda: _worker(at)),
    }


def is_ready(states: dict[str, str]) -> bool:
    """Return whether all the necessary ones of these parts work."""
    return all(states.get(part, WORKS) == WORKS for part in NECESSARY)


def _database():
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error:
        return DOWN
    return WORKS


def _cache():
    key, value = "healthz", uuid.uuid4().hex
    try:
        caches["store"].set(f"{key}:{value}", value, 60)
        stored = caches["store"].get(f"{key}:{value}")
        caches["store"].delete(f"{key}:{value}")
    # Each cache backend raises its own errors.
    except Exception:  # noqa: BLE001
        return DOWN
    return WORKS if stored == value else DOWN


def _migrations():
    if not _all_applied():
        # Once all are applied, this process need not ask any more.
        _all_applied.cache_clear()
        return NOT_APPLIED
    return WORKS


@cache
def _all_applied():
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def _media():
    try:
        if media_are_here():
            media_folder().mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryFile(dir=media_folder()) as file:
                file.write(b"written")
        else:
            # To ask costs less than to write, and needs the same address and key.
            default_storage.exists("readyz")
    # Each storage raises its own errors.
    except Exception:  # noqa: BLE001
        return DOWN
    return WORKS


def _worker(at):
    return QUIET if is_quiet(at=at) else WORKS


def _mail(at):
    waiting = Message.objects.waiting(at - dt.timedelta(hours=1))
    return LATE if waiting.filter(created_at__lte=at - dt.timedelta(hours=1)) else WORKS

"""The health of each part of the site, for monitoring."""

import datetime as dt
import uuid

from django.core.cache import caches
from django.db import Error, connection

from jobs.queries import is_quiet
from mail.models import Message

WORKS, DOWN = "works", "down"
QUIET = "none has run for more than 15 minutes"
LATE = "some has waited for more than an hour"


def state_of_parts(*, at: dt.datetime) -> dict[str, str]:
    """Return part → its state, checked now without anything that hides errors."""
    database = _database()
    return {
        "database": database,
        "cache": _cache(),
        "mail": _mail(at) if database == WORKS else DOWN,
        "worker": _worker(at) if database == WORKS else DOWN,
    }


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


def _worker(at):
    return QUIET if is_quiet(at=at) else WORKS


def _mail(at):
    waiting = Message.objects.waiting(at - dt.timedelta(hours=1))
    return LATE if waiting.filter(created_at__lte=at - dt.timedelta(hours=1)) else WORKS

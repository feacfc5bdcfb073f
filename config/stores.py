"""Read the URLs for the database, the cache, media and mail from the environment."""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured
from environ import Env

from config.threads import THREADS

FILE_SYSTEM = "django.core.files.storage.FileSystemStorage"
FILES = "django.core.cache.backends.filebased.FileBasedCache"
REDIS = "django.core.cache.backends.redis.RedisCache"
# The system's own defaults notice after two hours or fifteen minutes. Seconds, but the
# last: milliseconds for which what was sent may stay without a receipt.
PULLED_CABLE = {
    "connect_timeout": 5,
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 2,
    "tcp_user_timeout": 9_000,
}


def database_settings(url: str) -> dict[str, Any]:
    """Return Django's settings for the database at `url`, whose connections stay open.

    Raises ImproperlyConfigured where the address says how long they live.
    """
    found = Env.db_url_config(url)
    if found.get("CONN_MAX_AGE"):
        raise ImproperlyConfigured(
            "DATABASE_URL must not name conn_max_age: connections stay open anyway."
        )
    if found["ENGINE"].endswith("sqlite3"):
        return found | _sqlite_settings()
    options = PULLED_CABLE | found.get("OPTIONS", {}) | {"pool": _pool()}
    return found | {
        "ENGINE": "config.postgresql",
        "CONN_MAX_AGE": 0,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }


def _pool():
    return {
        "min_size": 1,
        # Each thread of a process gets one for as long as a request takes.
        "max_size": THREADS,
        # While the database is down, pages say so after five seconds.
        "timeout": 5,
        # The pool waits longer after each failure, and must not for minutes: what
        # was down comes back.
        "reconnect_timeout": 5,
    }


def _sqlite_settings():
    return {
        # To open the file takes longer than most requests.
        "CONN_MAX_AGE": 60,
        "OPTIONS": {
            # Deferred transactions answer "database is locked" as soon as two people
            # write: https://code.djangoproject.com/ticket/29280
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        },
    }


def cache_store(url: str) -> dict[str, Any]:
    """Return Django's settings for the cache at `url`.

    Redis has a timeout of a second. Other backends get space for many entries, because
    when full they delete at random, including counts of failed sign-ins.
    """
    store = Env.cache_url_config(url)
    if store["BACKEND"] == FILES:
        # The library does not unquote the path.
        store["LOCATION"] = unquote(store["LOCATION"])
    options = store.setdefault("OPTIONS", {})
    if store["BACKEND"] == REDIS:
        options.setdefault("socket_connect_timeout", 1)
        options.setdefault("socket_timeout", 1)
    else:
        options.setdefault("MAX_ENTRIES", 100_000)
    return store


def page_store(url: str) -> dict[str, Any]:
    """Return Django's settings for visitors' pages, apart in the same cache.

    Some hundred pages in a few codings; more of them push others out. With Redis they
    go by their short life.
    """
    store = cache_store(url) | {"KEY_PREFIX": "pages"}
    if store["BACKEND"] == FILES:
        store["LOCATION"] += "/pages"
    if store["BACKEND"] != REDIS:
        store["OPTIONS"]["MAX_ENTRIES"] = 2_000
    return store


def media_storage(url: str) -> dict[str, Any]:
    """Return Django's settings for media: `media/` of a bucket, or files if `url` is "".

    Raises ImproperlyConfigured unless it names a host, a bucket and a key.
    """
    if not url:
        return {"BACKEND": FILE_SYSTEM}
    return _bucket(url, "config.bucket_storage.BucketMedia", "media")


def private_storage(url: str, folder: Path) -> dict[str, Any]:
    """Return Django's settings for what jobs make, such as evidence packs.

    That is `private/` of the bucket with media, so that all machines have it, or the
    folder if `url` is "". Nothing below `/media/` leads there. Raises
    ImproperlyConfigured, as for media.
    """
    if url:
        return _bucket(url, "config.bucket_storage.PrivateBucket", "private")
    modes = {"file_permissions_mode": 0o600, "directory_permissions_mode": 0o700}
    return {"BACKEND": FILE_SYSTEM, "OPTIONS": {"location": folder, **modes}}


def _bucket(url, backend, folder):
    parts = urlsplit(url)
    scheme = {"s3": "https", "s3+http": "http"}.get(parts.scheme)
    bucket = parts.path.strip("/")
    if not (scheme and parts.hostname and bucket and parts.username and parts.password):
        raise ImproperlyConfigured(
            "MEDIA_STORAGE_URL must be like s3://KEY:SECRET@s3.example.org/bucket."
        )
    regions = parse_qs(parts.query).get("region", ["us-east-1"])
    options = {
        "endpoint_url": f"{scheme}://{parts.netloc.rpartition('@')[2]}",
        "bucket_name": bucket,
        "location": folder,
        "access_key": unquote(parts.username),
        "secret_key": unquote(parts.password),
        "region_name": regions[0],
        # Two files of one name stay two, as on a disk.
        "file_overwrite": False,
        "addressing_style": "path",
    }
    return {"BACKEND": backend, "OPTIONS": options}


def bounce_mailbox(url: str) -> dict[str, Any] | None:
    """Return how to read the mailbox at `url`; None if there is none.

    Raises ImproperlyConfigured unless it names a user, a password and a host.
    """
    if not url:
        return None
    parts = urlsplit(url)
    if not (
        parts.scheme == "imaps" and parts.hostname and parts.username and parts.password
    ):
        raise ImproperlyConfigured(
            "BOUNCE_MAILBOX_URL must be like imaps://user:password@imap.example.org/INBOX,"
            " with special characters quoted as in URLs."
        )
    return {
        "host": parts.hostname,
        "port": parts.port or 993,
        "user": unquote(parts.username),
        "password": unquote(parts.password),
        "folder": unquote(parts.path.strip("/")) or "INBOX",
    }


def mail_settings(url: str) -> dict[str, Any]:
    """Return Django's mail settings for `url`, with the whole path of a folder.

    Raises ImproperlyConfigured for a folder that does not start at the root.
    """
    found = Env.email_url_config(url)
    parts = urlsplit(url)
    if parts.scheme == "filemail":
        if parts.netloc or not parts.path.strip("/"):
            raise ImproperlyConfigured(
                f"EMAIL_URL must be like filemail:///srv/anteroom-mail, not {url!r}."
            )
        # The library removes the first slash.
        found["EMAIL_FILE_PATH"] = unquote(parts.path)
    return found

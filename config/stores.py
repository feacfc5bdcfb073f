"""Read the URLs for the database, the cache and mail from the environment."""

from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured
from environ import Env

from config.threads import THREADS

FILES = "django.core.cache.backends.filebased.FileBasedCache"
REDIS = "django.core.cache.backends.redis.RedisCache"


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
    # Each thread of a process gets one for as long as a request takes.
    pool = {"min_size": 1, "max_size": THREADS}
    options = {**found.get("OPTIONS", {}), "pool": pool}
    return found | {"CONN_MAX_AGE": 0, "CONN_HEALTH_CHECKS": True, "OPTIONS": options}


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

"""What addresses in the environment say about the cache and the mail."""

from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured
from environ import Env

FILES = "django.core.cache.backends.filebased.FileBasedCache"
REDIS = "django.core.cache.backends.redis.RedisCache"


def cache_store(url: str) -> dict[str, Any]:
    """Return Django's settings for the cache at `url`.

    A Redis that is silent is given up after seconds. Other backends hold many entries,
    for when they are full they forget at random, bad tries to sign in included.
    """
    store = Env.cache_url_config(url)
    if store["BACKEND"] == FILES:
        # The library leaves signs as an address writes them.
        store["LOCATION"] = unquote(store["LOCATION"])
    options = store.setdefault("OPTIONS", {})
    if store["BACKEND"] == REDIS:
        options.setdefault("socket_connect_timeout", 1)
        options.setdefault("socket_timeout", 1)
    else:
        options.setdefault("MAX_ENTRIES", 100_000)
    return store


def mail_settings(url: str) -> dict[str, Any]:
    """Return Django's mail settings for `url`; a folder keeps its whole path.

    Raises ImproperlyConfigured for a folder that does not begin at the root.
    """
    found = Env.email_url_config(url)
    parts = urlsplit(url)
    if parts.scheme == "filemail":
        if parts.netloc or not parts.path.strip("/"):
            raise ImproperlyConfigured(
                f"EMAIL_URL names a folder like filemail:///srv/anteroom-mail; not {url!r}."
            )
        # The library takes the first stroke away.
        found["EMAIL_FILE_PATH"] = unquote(parts.path)
    return found

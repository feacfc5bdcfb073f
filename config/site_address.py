"""What the one public address of a site says about it."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured


@dataclass(frozen=True)
class SiteAddress:
    url: str
    host: str
    is_secure: bool


def site_address(url: str) -> SiteAddress:
    """Return what `url` says; `host` is written as in a Host header, without a port.

    Raises ImproperlyConfigured when it is not http or https, names no host or has a
    path: a site lives at the root of its host.
    """
    parts = urlsplit(url.rstrip("/"))
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path:
        raise ImproperlyConfigured(
            f"SITE_URL looks like https://learn.example.org, without a path; not {url!r}."
        )
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    return SiteAddress(
        url=f"{parts.scheme}://{parts.netloc.lower()}",
        host=host,
        is_secure=parts.scheme == "https",
    )

"""Read the public URL of the site."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured


@dataclass(frozen=True)
class SiteAddress:
    url: str
    host: str
    is_secure: bool


def site_address(url: str) -> SiteAddress:
    """Return the parts of `url`. `host` is as in a Host header, without the port.

    Raises ImproperlyConfigured if it is not http or https, has no host or has a path: the
    site must be at the root of its host.
    """
    parts = urlsplit(url.rstrip("/"))
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path:
        raise ImproperlyConfigured(
            f"SITE_URL must be like https://learn.example.org, without a path, not "
            f"{url!r}."
        )
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    return SiteAddress(
        url=f"{parts.scheme}://{parts.netloc.lower()}",
        host=host,
        is_secure=parts.scheme == "https",
    )

"""Where a service worker may run, and what it is made of. Pure."""

WORKER_SCRIPTS = [
    f"js/offline/{name}.js" for name in ("store", "keeping", "outbox", "worker")
]
_LOCAL = {"localhost", "127.0.0.1", "[::1]"}


def is_local(host: str) -> bool:
    """Return whether browsers trust this host without HTTPS, as `host` or `host:port`."""
    return host.rsplit(":", 1)[0] in _LOCAL or host in _LOCAL

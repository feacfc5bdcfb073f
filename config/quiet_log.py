"""Keep requests that were refused out of the log.

Failures are logged with their address. What visitors were refused is private.
"""

import logging

REFUSALS = "django.security."
HOST = "django.security.DisallowedHost"


def may_be_logged(record: logging.LogRecord) -> bool:
    """Return whether the record may be logged.

    A wrong host is logged in one line without a traceback: operators need to find out
    that their proxy does not pass on `Host`, but random requests must not fill the
    disk.
    """
    if record.name == HOST:
        record.exc_info = record.exc_text = None
        return True
    if record.name.startswith(REFUSALS):
        return False
    # The failure of the cache was already logged, and the visitor sees a page about it.
    return getattr(record, "status_code", None) != 503

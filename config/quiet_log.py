"""Keeps out of the log what visitors asked for and did not get.

What breaks is logged with its address; what is refused is nobody's business but theirs.
"""

import logging

REFUSALS = "django.security."
HOST = "django.security.DisallowedHost"


def may_be_logged(record: logging.LogRecord) -> bool:
    """Return whether the record may stand in the log.

    A host that is not the site's own is one line, without what led to it: an operator
    whose server in front does not pass on `Host` has to find that out, and whoever
    tries addresses at random must not fill the disk.
    """
    if record.name == HOST:
        record.exc_info = record.exc_text = None
        return True
    if record.name.startswith(REFUSALS):
        return False
    # The store that cannot count has been logged, and the page was told the visitor.
    return getattr(record, "status_code", None) != 503

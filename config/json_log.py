"""The log as JSON, one object a line, without what people typed or read."""

import datetime as dt
import json
import logging
import re
import traceback
from http import HTTPStatus

ADDRESS = re.compile(r"[^\s<>\"'(),;:]+@[^\s<>\"'(),;:]+")


class JsonLines(logging.Formatter):
    """Writes time, level, logger, message and, for errors, their kind and place.

    What an exception says is left out, because it may quote what somebody typed. Of a
    request there is the name of its view and the status, not its address. E-mail
    addresses in messages are masked.
    """

    def format(self, record):
        line = {
            "time": dt.datetime.fromtimestamp(record.created, dt.UTC).isoformat(),
            "level": record.levelname.lower(),
            "logger": record.name,
            **_message_of(record),
        }
        if record.exc_info and record.exc_info[0]:
            line |= _error_of(record.exc_info)
        return json.dumps(line, ensure_ascii=False)


def _message_of(record):
    if record.name.startswith("gunicorn"):
        return {"message": _without_page(record)}
    request = getattr(record, "request", None)
    if request is None or not record.args:
        return {"message": ADDRESS.sub("(address)", record.getMessage())}
    # The arguments hold the address of the page.
    status = getattr(record, "status_code", 500)
    match = getattr(request, "resolver_match", None)
    return {
        "message": HTTPStatus(status).phrase,
        "status": status,
        "method": getattr(request, "method", None),
        "view": match.view_name if match else None,
    }


def _without_page(record):
    """Return what gunicorn says, without the page that was asked for.

    Its arguments are numbers of processes and the like, and addresses of pages.
    """
    pages = [each for each in record.args or () if str(each).startswith("/")]
    message = record.getMessage()
    for page in pages:
        message = message.replace(page, "(page)")
    return ADDRESS.sub("(address)", message)


def _error_of(exc_info):
    kind, _error, trace = exc_info
    frames = traceback.extract_tb(trace)
    return {
        "error": kind.__qualname__,
        "where": [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames],
    }

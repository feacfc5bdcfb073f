"""The child process of `bounded_reading`: one call under limits.

Started as `python -m course.tasks.bounded_child LIMITS`. The call comes through
standard input and the result goes to standard output, both pickled. It loads no apps
and opens no database, so it starts in a few tenths of a second.
"""

import contextlib
import importlib
import json
import os
import pickle
import resource
import sys
import traceback
from typing import Any

import django
from django.conf import settings
from django.utils import translation

BEYOND = 3
"""The exit code of a call that uses too much memory or nests too deeply."""


def main() -> None:
    """Make the call and return its result, or exit with `BEYOND`."""
    given = json.loads(sys.argv[1])
    limit_resources(given["seconds"], given["megabytes"])
    answers, sys.stdout = sys.stdout.buffer, sys.stderr
    settings.configure(LOCALE_PATHS=given["locale_paths"], USE_I18N=True)
    django.setup()
    translation.activate(given["language"])
    try:
        answers.write(pickle.dumps(run_reader(*pickle.load(sys.stdin.buffer))))  # noqa: S301 -- from our own process
        answers.flush()
    except (MemoryError, RecursionError):
        # Exit without cleaning up, which may need memory too.
        os._exit(BEYOND)


def limit_resources(seconds: int, megabytes: int) -> None:
    """Limit the resources of this process, and give the server priority."""
    size = megabytes * 1024 * 1024
    # Not every system has all of these, but the parent's timeout works everywhere.
    for name, most in (
        ("RLIMIT_AS", size),
        ("RLIMIT_CPU", seconds),
        ("RLIMIT_CORE", 0),
    ):
        with contextlib.suppress(ValueError, OSError, AttributeError):
            resource.setrlimit(getattr(resource, name), (most, most))
    os.nice(5)


def run_reader(module: str, name: str, arguments: tuple[Any, ...]) -> tuple[str, Any]:
    """Return "returned" and what the reader returns, or "raised" and its exception."""
    try:
        reader = getattr(importlib.import_module(module), name)
        return "returned", reader(*arguments)
    except (MemoryError, RecursionError):
        raise
    except Exception as error:  # noqa: BLE001 -- raised again by the caller
        error.add_note(traceback.format_exc())
        return "raised", error


if __name__ == "__main__":
    main()

"""What the environment says: text, whole numbers, yes or no.

An empty value says nothing, as where a file of settings has a name without a value. A
value is taken as it is: the library that reads the addresses would take one that begins
with a dollar sign, as a password may, for the name of another variable.
"""

import os

from django.core.exceptions import ImproperlyConfigured

YES = ("true", "yes", "on", "1", "y", "ok")
NO = ("false", "no", "off", "0", "n")


def read_text(name: str, default: str = "") -> str:
    """Return what is set, or `default`."""
    return os.environ.get(name) or default


def read_number(name: str, default: int, *, least: int = 0) -> int:
    """Return the whole number that is set, or `default`.

    Raises ImproperlyConfigured where it is none, or less than `least`.
    """
    value = read_text(name, str(default)).strip()
    if not (value.isascii() and value.isdecimal() and int(value) >= least):
        raise ImproperlyConfigured(
            f"{name} is a whole number, {least} or more; not {value!r}."
        )
    return int(value)


def read_switch(name: str) -> bool:
    """Return whether it is switched on; nothing set is off.

    Raises ImproperlyConfigured for any other word: "enabled" must not leave a lock open.
    """
    value = read_text(name, "false").strip().lower()
    if value not in YES + NO:
        raise ImproperlyConfigured(f"{name} is true or false, not {value!r}.")
    return value in YES

"""Read text, secrets, whole numbers and switches from the environment.

An empty value counts as not set, as in a settings file that has a name without a value.
Values are used unchanged: the library that reads the URLs would treat a value that
starts with a dollar sign, as a password may, as the name of another variable.
"""

import os
from collections.abc import Sequence
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

YES = ("true", "yes", "on", "1", "y", "ok")
NO = ("false", "no", "off", "0", "n")


def read_text(name: str, default: str = "") -> str:
    """Return the value that is set, or `default`."""
    return os.environ.get(name) or default


def read_secret(name: str, file: Path) -> str:
    """Return the value that is set, or else what the file holds.

    Raises ImproperlyConfigured if there is neither.
    """
    if value := read_text(name):
        return value
    try:
        return file.read_text().strip()
    except OSError as error:
        raise ImproperlyConfigured(
            f"{name} is not set, and {file} cannot be read ({error.strerror}). Start the "
            f"site once with script/server, which makes the file, or set {name}."
        ) from error


def read_number(name: str, default: int, *, least: int = 0) -> int:
    """Return the whole number that is set, or `default`.

    Raises ImproperlyConfigured if it is not a whole number or is less than `least`.
    """
    value = read_text(name, str(default)).strip()
    if not (value.isascii() and value.isdecimal() and int(value) >= least):
        raise ImproperlyConfigured(
            f"{name} must be a whole number of {least} or more, not {value!r}."
        )
    return int(value)


def read_choice(name: str, choices: Sequence[str]) -> str:
    """Return which of the words is set; by default, the first.

    Raises ImproperlyConfigured for any other word.
    """
    value = read_text(name, choices[0]).strip().lower()
    if value not in choices:
        raise ImproperlyConfigured(
            f"{name} must be {' or '.join(choices)}, not {value!r}."
        )
    return value


def read_choices(
    name: str, choices: Sequence[str], default: Sequence[str] | None = None
) -> list[str]:
    """Return which of the words are set, divided by commas or spaces; by default, all.

    Raises ImproperlyConfigured for any other word.
    """
    usual = " ".join(choices if default is None else default)
    words = read_text(name, usual).lower().replace(",", " ").split()
    if unknown := set(words) - set(choices):
        raise ImproperlyConfigured(
            f"{name} can name {', '.join(choices)}, and not {min(unknown)!r}."
        )
    return words


def read_switch(name: str) -> bool:
    """Return whether the setting is on. By default it is off.

    Raises ImproperlyConfigured for any other word, so that "enabled" does not silently
    turn protection off.
    """
    value = read_text(name, "false").strip().lower()
    if value not in YES + NO:
        raise ImproperlyConfigured(f"{name} must be true or false, not {value!r}.")
    return value in YES

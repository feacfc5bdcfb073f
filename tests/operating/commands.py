"""Running commands about backups, and looking at what they left."""

import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from accounts.models import User


def run(command, *arguments):
    output = io.StringIO()
    call_command(command, *map(str, arguments), stdout=output)
    return output.getvalue()


def refused(command, *arguments):
    with pytest.raises(CommandError) as error:
        run(command, *arguments)
    return str(error.value)


def files_below(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name != "running.lock"
    }


def assert_sound():
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA integrity_check")
            assert cursor.fetchone() == ("ok",)
    assert User.objects.filter(email="anna@example.org").exists()


def forget_kept_database():
    if connection.vendor == "sqlite":
        place = Path(connection.settings_dict["NAME"])
        for path in place.parent.glob(f"{place.name}.before-restore-*"):
            path.unlink()

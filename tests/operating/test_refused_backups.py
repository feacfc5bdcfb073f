"""Nothing is changed by a backup that is damaged, foreign, or restored at the wrong time."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import zipfile

import psycopg
import pytest
from django.db import connection

from accounts.models import User
from operating.databases import copies_of_database
from operating.running_lock import exclusive_running_lock
from tests.operating.commands import (
    assert_sound,
    files_below,
    forget_kept_database,
    refused,
    run,
)


@pytest.mark.parametrize("length", [0, 1, 1000, -1, -30, -1000])
def test_a_truncated_file_changes_nothing(site, file, length):
    run("backup", file)
    whole = file.read_bytes()
    file.write_bytes(whole[:length])
    assert_refused_unchanged(site, file)


@pytest.mark.parametrize("share", [0.01, 0.1, 0.3, 0.5, 0.7, 0.9, 0.99])
def test_an_altered_file_changes_nothing(site, file, share):
    run("backup", file)
    content = bytearray(file.read_bytes())
    place = int(len(content) * share)
    content[place : place + 20] = bytes(each ^ 0xFF for each in content[place:][:20])
    file.write_bytes(content)
    assert_refused_unchanged(site, file)


def assert_refused_unchanged(site, file):
    before = files_below(site.VAR_DIR)
    assert "Nothing was changed." in refused("restore", file, "--replace")
    assert files_below(site.VAR_DIR) == before
    assert_sound()


def rewrite(file, *, add=(), leave_out=(), **changes):
    """Write the backup anew with another manifest or other parts."""
    with zipfile.ZipFile(file) as backup:
        parts = {name: backup.read(name) for name in backup.namelist()}
    manifest = json.loads(parts["manifest.json"]) | changes
    parts["manifest.json"] = json.dumps(manifest).encode()
    with zipfile.ZipFile(file, "w") as backup:
        for name, content in [*parts.items(), *add]:
            if name not in leave_out:
                backup.writestr(name, content)


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"format": 2, "future": True}, "newer version"),
        ({"migrations": [["accounts", "0999_some_day"]]}, "newer version"),
        ({"kind": "another"}, "not a backup of Anteroom"),
        ({"parts": {}}, "no database"),
        ({"add": [("media/more", b"")]}, "does not contain what it says"),
        ({"leave_out": ["media/images/cells.png"]}, "does not contain what it says"),
        ({"leave_out": ["manifest.json"]}, "not a backup of Anteroom"),
    ],
)
def test_a_file_that_does_not_fit_changes_nothing(site, file, change, word):
    run("backup", file)
    rewrite(file, **change)
    assert word in refused("restore", file, "--replace")
    assert_refused_unchanged(site, file)


@pytest.mark.parametrize(
    "name",
    ["media/../../passwd", "/etc/passwd", "media//etc/passwd", "media/..\\x", "other"],
)
def test_no_name_in_it_leads_out_of_the_media_folder(site, file, name):
    run("backup", file)
    with zipfile.ZipFile(file) as backup:
        parts = json.loads(backup.read("manifest.json"))["parts"]
    rewrite(file, add=[(name, b"x")], parts=parts | {name: "0" * 64})
    assert "invalid part" in refused("restore", file, "--replace")
    assert_refused_unchanged(site, file)


def test_a_part_with_another_digest_changes_nothing(site, file):
    run("backup", file)
    with zipfile.ZipFile(file) as backup:
        parts = json.loads(backup.read("manifest.json"))["parts"]
    rewrite(file, parts=parts | {"secret-key": "0" * 64})
    assert "secret-key in the backup was altered" in refused(
        "restore", file, "--replace"
    )
    assert_refused_unchanged(site, file)


def test_a_foreign_file_or_none_changes_nothing(site, file):
    assert "cannot be read" in refused("restore", file)
    file.write_text("something else")
    assert "not a backup of Anteroom" in refused("restore", file)


def test_a_database_of_another_kind_is_refused(site, file):
    run("backup", file)
    with zipfile.ZipFile(file) as backup:
        parts = json.loads(backup.read("manifest.json"))["parts"]
    ours = connection.vendor
    other = {"sqlite": "postgresql", "postgresql": "sqlite"}[ours]
    names = {"sqlite": "database.sqlite3", "postgresql": "database.dump"}
    parts[names[other]] = parts.pop(names[ours])
    content = zipfile.ZipFile(file).read(names[ours])
    rewrite(
        file,
        database=other,
        parts=parts,
        leave_out=[names[ours]],
        add=[(names[other], content)],
    )
    assert f"of a {other} database" in refused("restore", file, "--replace")


def test_nothing_is_restored_while_a_process_of_the_site_runs(site, file):
    run("backup", file)
    with LockHeldElsewhere(site.VAR_DIR):
        assert "The site is running" in refused("restore", file, "--replace")
        assert User.objects.filter(email="anna@example.org").exists()
        assert not list(site.VAR_DIR.glob("*.before-restore-*"))
    run("restore", file, "--replace")
    forget_kept_database()


class LockHeldElsewhere:
    """Another process holds the lock, and is killed at the end."""

    CODE = (
        "import sys, pathlib; from operating.running_lock import hold_running_lock;"
        "hold_running_lock(pathlib.Path(sys.argv[1])); print('held', flush=True); input()"
    )

    def __init__(self, folder):
        self.process = subprocess.Popen(
            [sys.executable, "-c", self.CODE, str(folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )

    def __enter__(self):
        assert self.process.stdout.readline() == b"held\n"

    def __exit__(self, *error):
        self.process.kill()
        self.process.communicate()


def test_no_process_of_the_site_starts_while_a_backup_is_restored(tmp_path, settings):
    # Elsewhere: tests beside this one, and a site being developed, hold the real lock.
    elsewhere = shutil.copy(settings.BASE_DIR / "manage.py", tmp_path)
    with exclusive_running_lock(tmp_path / "var"):
        done = subprocess.run(
            [sys.executable, elsewhere, "check"],
            env=os.environ | {"SECRET_KEY": "x", "PYTHONPATH": str(settings.BASE_DIR)},
            capture_output=True,
            check=False,
        )
    assert done.returncode == 1
    assert b"A backup is being restored" in done.stderr


def test_what_fails_midway_is_undone(site, file, monkeypatch):
    run("backup", file)

    def fail(self, *arguments):
        raise OSError("No space left on device.")

    monkeypatch.setattr(type(copies_of_database()), "restore_copy", fail)
    site.SECRET_KEY_FILE.write_text("another key")
    assert_refused_unchanged(site, file)


def test_a_damaged_database_in_it_changes_nothing(site, file):
    run("backup", file)
    with zipfile.ZipFile(file) as backup:
        parts = json.loads(backup.read("manifest.json"))["parts"]
        [name] = [each for each in parts if each.startswith("database")]
        content = bytearray(backup.read(name))
    content[5000:9000] = bytes(4000) if connection.vendor == "sqlite" else b""
    if connection.vendor != "sqlite":
        content[0:5] = b"XXXXX"
    parts[name] = hashlib.sha256(content).hexdigest()
    rewrite(file, leave_out=[name], parts=parts)
    with zipfile.ZipFile(file, "a") as backup:
        backup.writestr(name, bytes(content))
    assert_refused_unchanged(site, file)


@pytest.fixture
def programs(site, tmp_path, monkeypatch):
    if connection.vendor != "postgresql":
        pytest.skip("PostgreSQL's programs.")
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    return folder


def test_a_missing_program_is_named_with_its_package(programs, file):
    assert "pg_dump is missing. Install it: apt install postgresql-client-" in refused(
        "backup", file
    )
    assert not file.exists()


def test_an_older_program_is_named(programs, file):
    for name in ("pg_dump", "pg_restore", "psql"):
        (programs / name).write_text("#!/bin/sh\necho 'x (PostgreSQL) 9.6.1'\n")
        (programs / name).chmod(0o755)
    assert "pg_dump is version 9, but the server is version" in refused("backup", file)


def test_nothing_is_restored_while_another_machine_is_connected(site, file):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite is used by one machine.")
    run("backup", file)
    given = connection.settings_dict
    with psycopg.connect(
        host=given["HOST"],
        port=given["PORT"] or 5432,
        user=given["USER"],
        dbname=given["NAME"],
    ):
        assert "Other open connections to the database: 1." in refused(
            "restore", file, "--replace"
        )

"""A backup is whole and private, and comes back whole."""

import json
import os
import sqlite3
import stat
import subprocess
import sys
import threading
import zipfile
from contextlib import closing

import pytest
from django.db import connection

from accounts.models import User
from jobs.cluster import close_databases
from jobs.models import WorkerHeartbeat
from tests.operating.commands import assert_sound, forget_kept_database, refused, run


def test_only_its_owner_can_read_it(site, file):
    before = os.umask(0)
    try:
        run("backup", file)
    finally:
        os.umask(before)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert {path.name for path in file.parent.iterdir()} == {"var", "site.backup"}


def test_it_holds_everything_with_its_digest(site, file):
    assert "media files: 1" in run("backup", file)
    with zipfile.ZipFile(file) as backup:
        parts = json.loads(backup.read("manifest.json"))["parts"]
        assert {*parts, "manifest.json"} == set(backup.namelist())
    assert {"secret-key", "media/images/cells.png"} < parts.keys()


def test_an_existing_file_is_only_overwritten_when_asked(site, file):
    file.write_text("precious")
    assert "exists" in refused("backup", file)
    assert file.read_text() == "precious"
    run("backup", file, "--replace")
    assert zipfile.is_zipfile(file)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_key_that_the_site_does_not_keep_is_not_in_it(site, file):
    site.SECRET_KEY_FILE = None
    assert "The secret key is not in it" in run("backup", file)


def test_a_drill_under_writes(site, file, empty_place):
    """Whoever was told before the backup began that a row is saved finds it again."""
    acknowledged, stopping = [], threading.Event()

    def write():
        number = 0
        while not stopping.is_set():
            WorkerHeartbeat.objects.create(
                queue=f"q{number}", seen_at="2000-01-01T00:00Z"
            )
            acknowledged.append(f"q{number}")
            number += 1
        connection.close()

    writer = threading.Thread(target=write)
    writer.start()
    while len(acknowledged) < 50:
        stopping.wait(0.01)
    before = list(acknowledged)
    run("backup", file)
    stopping.set()
    writer.join()
    assert len(acknowledged) > len(before)
    empty_place()
    run("restore", file)
    assert set(before) <= set(WorkerHeartbeat.objects.values_list("queue", flat=True))
    assert_sound()


def test_it_comes_back_in_an_empty_place(site, file, empty_place):
    run("backup", file)
    empty_place()
    run("restore", file)
    assert User.objects.get().email == "anna@example.org"
    assert (site.MEDIA_ROOT / "images/cells.png").read_bytes() == b"a picture"
    assert site.SECRET_KEY_FILE.read_text() == "the key"
    assert stat.S_IMODE(site.SECRET_KEY_FILE.stat().st_mode) == 0o600
    # The site can write to it, as before.
    User.objects.create(email="ben@example.org")
    assert {path.name for path in site.VAR_DIR.iterdir()} <= {
        *("media", "secret-key", "running.lock"),
        *("anteroom.sqlite3", "anteroom.sqlite3-wal", "anteroom.sqlite3-shm"),
    }


def test_a_site_with_data_is_only_replaced_when_asked(site, file):
    run("backup", file)
    User.objects.create(email="ben@example.org")
    assert "--replace" in refused("restore", file)
    assert User.objects.filter(email="ben@example.org").exists()
    site.SECRET_KEY_FILE.write_text("another key")
    said = run("restore", file, "--replace")
    assert not User.objects.filter(email="ben@example.org").exists()
    assert site.SECRET_KEY_FILE.read_text() == "the key"
    [kept] = site.VAR_DIR.glob("secret-key.before-restore-*")
    assert (kept.read_text(), str(kept) in said) == ("another key", True)
    forget_kept_database()


def test_what_waited_in_the_log_of_the_old_database_does_not_come_back(site, file):
    """SQLite would replay a log that is left beside a restored file."""
    run("backup", file)
    User.objects.create(email="ben@example.org")
    if connection.vendor == "sqlite":
        leave_log_behind(connection.settings_dict["NAME"])
    run("restore", file, "--replace")
    assert_sound()
    emails = set(User.objects.values_list("email", flat=True))
    assert emails == {"anna@example.org"}
    forget_kept_database()


def leave_log_behind(name):
    """Write as a process does that is killed before it closes the database."""
    code = (
        "import os, sqlite3, sys; site = sqlite3.connect(sys.argv[1]);"
        "site.execute('PRAGMA journal_mode=WAL');"
        "site.execute('UPDATE accounts_user SET email = email || char(46)');"
        "site.commit(); os._exit(1)"
    )
    close_databases()
    subprocess.run([sys.executable, "-c", code, name], check=False)


def test_the_copy_of_sqlite_needs_no_log_beside_it(site, file, tmp_path):
    if connection.vendor != "sqlite":
        pytest.skip("SQLite's.")
    run("backup", file)
    with zipfile.ZipFile(file) as backup:
        copy = tmp_path / "copy.sqlite3"
        copy.write_bytes(backup.read("database.sqlite3"))
    with closing(sqlite3.connect(copy)) as found:
        assert found.execute("PRAGMA journal_mode").fetchone() == ("delete",)
        assert found.execute("SELECT email FROM accounts_user").fetchall() == [
            ("anna@example.org",)
        ]

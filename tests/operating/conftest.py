import contextlib
import os

import psycopg
import pytest
from django.db import connection

from accounts.models import User
from jobs.cluster import close_databases


@pytest.fixture
def site(transactional_db, settings, tmp_path):
    """A site in a folder of its own, with a person, a picture and a secret key."""
    settings.VAR_DIR = tmp_path / "var"
    settings.MEDIA_ROOT = settings.VAR_DIR / "media"
    settings.SECRET_KEY_FILE = settings.VAR_DIR / "secret-key"
    picture = settings.MEDIA_ROOT / "images" / "cells.png"
    picture.parent.mkdir(parents=True)
    picture.write_bytes(b"a picture")
    settings.SECRET_KEY_FILE.write_text("the key")
    User.objects.create(email="anna@example.org")
    return settings


@pytest.fixture
def empty_place(site, settings, tmp_path, monkeypatch):
    """A function that leads to an empty place with an empty database."""
    created = []

    def move():
        settings.VAR_DIR = tmp_path / "elsewhere" / "var"
        settings.MEDIA_ROOT = settings.VAR_DIR / "media"
        settings.SECRET_KEY_FILE = settings.VAR_DIR / "secret-key"
        settings.VAR_DIR.mkdir(parents=True)
        close_databases()
        name = new_database(settings.VAR_DIR, created)
        monkeypatch.setitem(connection.settings_dict, "NAME", name)

    yield move
    close_databases()
    monkeypatch.undo()
    for name in created:
        with on_server() as server:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)")


def new_database(folder, created):
    """Return the name of a database without tables."""
    if connection.vendor == "sqlite":
        return str(folder / "anteroom.sqlite3")
    name = f"anteroom_restored_{os.getpid()}"
    with on_server() as server:
        server.execute(f"CREATE DATABASE {name}")
    created.append(name)
    return name


@contextlib.contextmanager
def on_server():
    given = connection.settings_dict
    address = {"host": given["HOST"], "port": given["PORT"] or 5432}
    with psycopg.connect(
        **address, user=given["USER"], dbname="postgres", autocommit=True
    ) as server:
        yield server


@pytest.fixture
def file(tmp_path):
    return tmp_path / "site.backup"

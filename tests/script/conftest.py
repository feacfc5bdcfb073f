import re
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests import front_server, identity_provider
from tests.redis_server import RedisServer, free_port, require
from tests.script.rows import values_for
from tests.served import ServedSite, copy_of_project, migrated


@dataclass
class Prepared:
    """A project in which `script/server` need not prepare anything any more."""

    folder: Path
    administrator: tuple[str, str]

    def copy(self, folder):
        """Return a copy of the project, with one of its database beside it."""
        shutil.copytree(self.folder, folder)
        shutil.copy(
            folder / "var/anteroom.sqlite3", folder.parent / "elsewhere.sqlite3"
        )
        return folder


@pytest.fixture(scope="session")
def prepared(tmp_path_factory, django_db_setup):
    folder = copy_of_project(tmp_path_factory.mktemp("prepared") / "anteroom")
    migrated(folder)
    said = ServedSite(folder, SECRET_KEY="only once").manage("prepare_site")
    login, password = re.findall(r"(?:e-mail|password) {2,}(\S+)\n", said)
    return Prepared(folder, (login, password))


@pytest.fixture
def administrator(prepared):
    return prepared.administrator


@pytest.fixture(scope="module")
def redis(tmp_path_factory):
    require("redis-server")
    server = RedisServer(tmp_path_factory.mktemp("redis"))
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="module")
def front(tmp_path_factory):
    with front_server.running(tmp_path_factory.mktemp("front")) as server:
        yield server


@pytest.fixture(scope="module")
def provider():
    with identity_provider.running() as server:
        yield server


@pytest.fixture(scope="module")
def served(prepared, tmp_path_factory):
    """Start a site with what the rows of this module say, in a folder of its own."""
    sites = []

    def start(rows, **world):
        folder = tmp_path_factory.mktemp("served")
        told = values_for(rows, folder=folder, free_port=free_port(), **world)
        site = ServedSite(prepared.copy(folder / "anteroom"), **told)
        sites.append(site)
        return site.start()

    yield start
    for site in sites:
        site.stop()

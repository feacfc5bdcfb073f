import shutil
from datetime import timedelta

import pytest
from django.core.cache import caches
from django.db import OperationalError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from jobs.actions.schedules import keep_schedules
from operating.queries import health


@pytest.fixture(autouse=True)
def nothing_remembered():
    health._all_applied.cache_clear()
    yield
    health._all_applied.cache_clear()


@pytest.fixture
def working(db):
    """A site of which every part works."""
    keep_schedules(at=timezone.now())


@pytest.fixture
def no_database(monkeypatch):
    def refuse(*args, **kwargs):
        raise OperationalError("The database is down.")

    monkeypatch.setattr(connection, "cursor", refuse)


def test_a_server_without_its_database_is_alive_and_not_ready(client, no_database):
    assert client.get("/healthz").text == "ok"
    response = client.get("/readyz")
    assert response.status_code == 503
    assert "database: down\n" in response.text
    assert "no-store" in response.headers["Cache-Control"]


def test_a_site_that_works_is_ready(client, working):
    for address in ("/readyz", "/healthz"):
        response = client.get(address)
        assert (response.status_code, response.content) == (200, b"ok")
        assert response.headers["Content-Type"] == "text/plain"
        assert "no-store" in response.headers["Cache-Control"]
        assert not response.cookies


@pytest.mark.parametrize(
    "part", ["database", "cache", "migrations", "media", "mail", "worker"]
)
def test_each_part_has_an_address(client, working, part):
    response = client.get(f"/readyz/{part}")
    assert (response.status_code, response.text) == (200, "works")


def test_a_part_that_is_not_there_is_not_found(client, working):
    assert client.get("/readyz/kitchen").status_code == 404


def test_people_can_use_a_site_whose_worker_is_late(client, db):
    keep_schedules(at=timezone.now() - timedelta(minutes=16))
    response = client.get("/readyz")
    assert response.status_code == 200
    assert "worker: none has run for more than 15 minutes" in response.text
    assert client.get("/readyz/worker").status_code == 503


def test_a_migration_that_is_not_applied_is_noticed_until_it_is(client, working):
    applied = MigrationRecorder(connection)
    [newest] = MigrationLoader(connection).graph.leaf_nodes("jobs")
    applied.record_unapplied(*newest)
    response = client.get("/readyz")
    assert response.status_code == 503
    assert "migrations: not all are applied" in response.text
    applied.record_applied(*newest)
    assert client.get("/readyz").text == "ok"


def test_migrations_of_a_newer_release_do_not_make_this_one_unready(client, working):
    MigrationRecorder(connection).record_applied("jobs", "0099_some_day")
    assert client.get("/readyz").text == "ok"


def test_media_that_cannot_be_written_are_noticed(client, working, settings, tmp_path):
    (tmp_path / "media").write_text("A file where the folder should be.")
    settings.MEDIA_ROOT = tmp_path / "media"
    assert client.get("/readyz/media").status_code == 503
    assert "media: down" in client.get("/readyz").text


def test_nothing_is_left_of_what_was_tried(client, working, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    shutil.rmtree(settings.MEDIA_ROOT, ignore_errors=True)
    assert client.get("/readyz/media").status_code == 200
    assert list(settings.MEDIA_ROOT.iterdir()) == []
    assert not any("healthz" in key for key in caches["store"]._cache)


@pytest.mark.parametrize(
    "address", ["/healthz", "/readyz", "/readyz/cache", "/metrics"]
)
def test_monitoring_only_reads(client, address):
    assert client.post(address).status_code == 405

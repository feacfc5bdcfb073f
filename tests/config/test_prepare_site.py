import io
import re
import sqlite3
import stat
from contextlib import closing

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from wagtail.models import Site

from home.management.commands import prepare_site
from tests.factories import a_course


@pytest.fixture
def called(monkeypatch):
    """The commands that were run, without running them."""
    names = []

    def note(name, *arguments, **options):
        names.append(name)

    monkeypatch.setattr(prepare_site, "call_command", note)
    return names


@pytest.fixture
def place(settings, tmp_path, monkeypatch):
    """A project in a folder of its own, with one pack."""
    settings.VAR_DIR = tmp_path / "var"
    settings.STATIC_ROOT = tmp_path / "var" / "static"
    settings.STATIC_ROOT.mkdir(parents=True)
    (settings.STATIC_ROOT / "staticfiles.json").write_text("{}")
    pack = tmp_path / "course" / "content" / "a-pack"
    pack.mkdir(parents=True)
    (pack / "course.md").write_text("first wording")
    monkeypatch.setattr(prepare_site, "BASE_DIR", tmp_path)
    return tmp_path


def prepare():
    output = io.StringIO()
    call_command("prepare_site", stdout=output)
    return output.getvalue()


def test_the_second_start_does_nothing_again(db, place, called):
    a_course()
    prepare()
    assert called == [
        "build_styles",
        "collectstatic",
        "load_pages",
        "load_course",
        "create_first_administrator",
    ]
    called.clear()
    assert prepare() == "  Everything is up to date.\n"
    assert called == ["create_first_administrator"]


def test_packs_of_languages_that_are_taught_are_loaded_the_original_first(
    place, settings
):
    content = place / "course" / "content"
    for name, code in (("a-es", "es"), ("b", "en"), ("b-ar", '"ar"')):
        (content / name).mkdir()
        (content / name / "course.md").write_text(f"---\nlocale: {code}\n---\n")
    assert packs_of(prepare_site.packs_to_load(content)) == ["a-pack", "b"]
    settings.WAGTAIL_CONTENT_LANGUAGES = [("en", "English"), ("es", "Español")]
    assert packs_of(prepare_site.packs_to_load(content)) == ["a-pack", "b", "a-es"]


def packs_of(folders):
    return [folder.name for folder in folders]


@pytest.mark.parametrize("script", ["bench", "load"])
def test_what_only_measures_a_site_prints_no_password(db, place, called, script):
    a_course()
    text = (settings.BASE_DIR / "script" / script).read_text()
    [arguments] = re.findall(r"manage\.py prepare_site(.*) >&2", text)
    call_command("prepare_site", *arguments.split(), stdout=io.StringIO())
    assert "load_course" in called
    assert "create_first_administrator" not in called


def test_a_changed_pack_is_loaded_again(db, place, called):
    a_course()
    prepare()
    called.clear()
    (place / "course" / "content" / "a-pack" / "course.md").write_text("second")
    assert "Loading the course a-pack" in prepare()
    assert called == ["load_course", "create_first_administrator"]


def test_a_course_that_is_not_there_is_loaded(db, place, called):
    prepare()
    called.clear()
    prepare()
    assert "load_course" in called


@pytest.mark.parametrize("room", ["home", "training/teams"])
def test_a_changed_style_of_any_room_is_collected_again(db, place, called, room):
    a_course()
    style = place / room / "static" / "room.css"
    style.parent.mkdir(parents=True)
    style.write_text("a {}")
    prepare()
    called.clear()
    style.write_text("b {}")
    assert "collecting static files" in prepare()


@pytest.mark.parametrize(
    ("app", "name"),
    [("training", "0001_teams"), ("accounts", "0099_once"), ("authoring", "0001")],
)
def test_a_database_of_before_is_left_alone_and_explained(db, place, called, app, name):
    MigrationRecorder(connection).record_applied(app, name)
    with pytest.raises(CommandError, match="export_course SLUG") as refused:
        prepare()
    assert "evidence_pack ADDRESS" in str(refused.value)
    assert called == []


def test_a_migration_of_a_library_that_is_gone_is_nothing_to_us(db, place, called):
    MigrationRecorder(connection).record_applied("wagtailcore", "0001_squashed_once")
    assert "from before" not in prepare()


def test_the_site_follows_its_address(db, place, called, settings):
    settings.SITE_URL = "https://learn.example.org"
    prepare()
    site = Site.objects.get(is_default_site=True)
    assert (site.hostname, site.port) == ("learn.example.org", 443)


def test_the_copy_of_a_database_in_use_is_whole_and_private(tmp_path):
    database = tmp_path / "anteroom.sqlite3"
    with closing(sqlite3.connect(database)) as writer:
        writer.execute("PRAGMA journal_mode=WAL")
        writer.execute("CREATE TABLE answer (given TEXT)")
        writer.execute("INSERT INTO answer VALUES ('kept')")
        writer.commit()
        writer.execute("INSERT INTO answer VALUES ('being written')")
        copy = prepare_site.copy_aside(database, tmp_path / "backups")
    with closing(sqlite3.connect(copy)) as reader:
        assert reader.execute("SELECT given FROM answer").fetchall() == [("kept",)]
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600


def test_a_renamed_file_changes_the_digest(tmp_path):
    (tmp_path / "one.md").write_text("same")
    first = prepare_site.digest_of(tmp_path)
    (tmp_path / "one.md").rename(tmp_path / "two.md")
    assert prepare_site.digest_of(tmp_path) != first

import hashlib
import json
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone
from wagtail.models import Site

from course.models import CoursePage
from jobs.actions.schedules import keep_schedules

BASE_DIR: Path = settings.BASE_DIR
# Rooms that were split into others, and the last commit that knew their tables.
OLD_ROOMS = {"authoring", "training"}
LAST_OLD_COMMIT = "e29d7d8"
OLD_DATABASE = f"""This database was made by an Anteroom from before its first release. Its tables were
arranged anew since, and nothing in it was changed. Take out what you need with the
commit that made it, then start anew:

  git checkout {LAST_OLD_COMMIT}
  script/server                                              # makes its own environment; stop it with Ctrl-C
  .venv/bin/python manage.py export_course SLUG FOLDER       # each course, as a pack
  .venv/bin/python manage.py evidence_pack ADDRESS FILE.zip  # what somebody was asked, did and got
  .venv/bin/python manage.py export_person ADDRESS FILE.json # all that is held about a person
  git checkout main

Put the old database out of the way (SQLite: var/anteroom.sqlite3 with its -wal and -shm;
PostgreSQL: give DATABASE_URL an empty one), run script/server, and load the courses with
manage.py load_course FOLDER. People join again by roster or invitation."""


def copy_aside(database: Path, folder: Path) -> Path:
    """Return a copy of the SQLite database, readable by its owner only.

    It is whole even while another process writes.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    copy = folder / f"anteroom-{datetime.now(UTC):%Y%m%d-%H%M%S}.sqlite3"
    copy.touch(mode=0o600)
    with (
        closing(sqlite3.connect(database)) as source,
        closing(sqlite3.connect(copy)) as target,
    ):
        source.backup(target)
    return copy


def _folders_of_static_files() -> set[Path]:
    """Return where rooms keep static files, those of a folder of rooms too."""
    return {*BASE_DIR.glob("*/static"), *BASE_DIR.glob("*/*/static")}


def digest_of(*places: Path) -> str:
    """Return one digest of all files at or below these places, names included."""
    digest = hashlib.sha256()
    for place in places:
        files = [place] if place.is_file() else sorted(place.rglob("*"))
        for file in files:
            if file.is_file() and file.suffix != ".pyc":
                digest.update(f"{file.relative_to(place.parent)}\0".encode())
                digest.update(file.read_bytes())
    return digest.hexdigest()


class Memory:
    """What was prepared last time, kept in a file."""

    def __init__(self, file: Path):
        self.file = file
        self.entries = json.loads(file.read_text()) if file.exists() else {}

    def holds(self, name: str, digest: str) -> bool:
        return self.entries.get(name) == digest

    def keep(self, name: str, digest: str):
        self.entries[name] = digest
        new = self.file.with_suffix(".new")
        new.write_text(json.dumps(self.entries, indent=1))
        new.replace(self.file)


class Command(BaseCommand):
    help = (
        "Make database, static files and content ready to be served. What is already"
        " up to date is left alone; `script/server` runs this at each start."
    )
    requires_system_checks = []

    def handle(self, **options):
        self.steps = 0
        self.memory = Memory(settings.VAR_DIR / "prepared.json")
        executor = MigrationExecutor(connection)
        self.refuse_old_database(executor.loader)
        self.migrate(executor)
        self.collect_static_files()
        self.load_content()
        self.follow_site_url()
        keep_schedules(at=timezone.now())
        if not self.steps:
            self.stdout.write("  Everything is up to date.")
        call_command("create_first_administrator", stdout=self.stdout)

    def step(self, message):
        self.steps += 1
        self.stdout.write(f"  {message}")

    def refuse_old_database(self, loader):
        """Say what to do with a database whose tables no migration here leads on from.

        Migrations were made anew before the first release: what is applied and is in
        no folder of the project was applied by an older one.
        """
        ours = OLD_ROOMS | {
            config.label
            for config in apps.get_app_configs()
            if "site-packages" not in Path(config.path).parts
        }
        applied = {key for key in loader.applied_migrations if key[0] in ours}
        if applied - loader.disk_migrations.keys():
            raise CommandError(OLD_DATABASE)

    def migrate(self, executor):
        plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
        if not plan:
            return
        if executor.loader.applied_migrations and connection.vendor == "sqlite":
            database = Path(connection.settings_dict["NAME"])
            copy = copy_aside(database, settings.VAR_DIR / "backups")
            self.step(f"Copied the database to {copy}")
        self.step(f"Bringing the database up to date ({len(plan)} migrations)")
        call_command("migrate", interactive=False, verbosity=0)

    def collect_static_files(self):
        digest = digest_of(
            BASE_DIR / "requirements.txt",
            BASE_DIR / "config" / "settings",
            BASE_DIR / "home",
            *sorted(_folders_of_static_files() - {settings.STATIC_ROOT}),
        )
        ready = (settings.STATIC_ROOT / "staticfiles.json").exists()
        if ready and self.memory.holds("static files", digest):
            return
        self.step("Building styles and collecting static files")
        call_command("build_styles", stdout=self.stdout)
        call_command("collectstatic", interactive=False, verbosity=0)
        self.memory.keep("static files", digest)

    def load_content(self):
        self.load(BASE_DIR / "home" / "content", "information pages", "load_pages")
        for pack in sorted((BASE_DIR / "course" / "content").iterdir()):
            if pack.is_dir():
                self.load(pack, f"the course {pack.name}", "load_course", pack)

    def load(self, source: Path, name: str, command: str, *arguments):
        # Remembered per database: another one may not hold the content yet.
        database = connection.settings_dict
        place = f"{database['HOST']}/{database['NAME']}: {name}"
        digest = digest_of(source)
        if CoursePage.objects.exists() and self.memory.holds(place, digest):
            return
        self.step(f"Loading {name}")
        call_command(command, *arguments, stdout=self.stdout)
        self.memory.keep(place, digest)

    def follow_site_url(self):
        """Give Wagtail's default site the address the site is served at."""
        address = urlsplit(settings.SITE_URL)
        port = address.port or {"http": 80, "https": 443}[address.scheme]
        site = Site.objects.get(is_default_site=True)
        if (site.hostname, site.port) != (address.hostname, port):
            site.hostname, site.port = address.hostname, port
            site.save()

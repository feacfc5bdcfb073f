import gc
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
from wagtail.models import Locale, Site

from authoring.packs.rules.reading import pack_language
from course.models import CoursePage
from home.actions import add_home_page_in
from home.models import HomePage
from jobs.actions.schedules import keep_schedules
from languages.rules import build_catalogues

BASE_DIR: Path = settings.BASE_DIR
# Rooms that have been split up, and the last commit with their tables.
OLD_ROOMS = {"authoring", "training"}
LAST_OLD_COMMIT = "e29d7d8"
OLD_DATABASE = f"""This database was made by Anteroom before its first release. Its tables have been
rearranged since. Nothing in it was changed. To keep your data, export it with the commit
that made the database, then start with a new one:

  git checkout {LAST_OLD_COMMIT}
  script/server                                              # makes its own environment; press Ctrl-C to stop
  .venv/bin/python manage.py export_course SLUG FOLDER       # each course, as a pack
  .venv/bin/python manage.py evidence_pack ADDRESS FILE.zip  # a person's assignments, results and certificates
  .venv/bin/python manage.py export_person ADDRESS FILE.json # all data about a person
  git checkout main

Move the old database away (SQLite: var/anteroom.sqlite3 with its -wal and -shm;
PostgreSQL: set DATABASE_URL to an empty one), run script/server, and load the courses
with manage.py load_course FOLDER. People can join again by roster or invitation."""


def copy_aside(database: Path, folder: Path) -> Path:
    """Return a copy of the SQLite database that only its owner can read.

    The copy is complete even if another process is writing.
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
    """Return the folders of static files of all rooms, also within folders of rooms."""
    return {*BASE_DIR.glob("*/static"), *BASE_DIR.glob("*/*/static")}


def digest_of(*places: Path) -> str:
    """Return one digest of the names and contents of all files in these places."""
    digest = hashlib.sha256()
    for place in places:
        files = [place] if place.is_file() else sorted(place.rglob("*"))
        for file in files:
            if file.is_file() and file.suffix != ".pyc":
                digest.update(f"{file.relative_to(place.parent)}\0".encode())
                digest.update(file.read_bytes())
    return digest.hexdigest()


def packs_to_load(folder: Path) -> list[Path]:
    """Return the packs in the languages that are taught, translations last."""
    order = [code for code, _name in settings.WAGTAIL_CONTENT_LANGUAGES]
    packs = [pack for pack in sorted(folder.iterdir()) if pack.is_dir()]
    language = {pack: pack_language(pack) or settings.LANGUAGE_CODE for pack in packs}
    taught = [pack for pack in packs if language[pack] in order]
    return sorted(taught, key=lambda pack: order.index(language[pack]))


class Memory:
    """A file that remembers what was prepared last time."""

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
        "Prepare the database, static files and content for the server. Only does "
        "what is needed. `script/server` runs this each time it starts."
    )
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument(
            "--no-administrator",
            action="store_false",
            dest="administrator",
            help="Do not create an administrator, whose password would be printed.",
        )

    def handle(self, *, administrator, **options):
        self.steps = 0
        self.memory = Memory(settings.VAR_DIR / "prepared.json")
        executor = MigrationExecutor(connection)
        self.refuse_old_database(executor.loader)
        self.migrate(executor)
        self.build_catalogues()
        self.collect_static_files()
        self.add_languages()
        self.load_content()
        self.follow_site_url()
        keep_schedules(at=timezone.now())
        if not self.steps:
            self.stdout.write("  Everything is up to date.")
        if administrator:
            call_command("create_first_administrator", stdout=self.stdout)

    def step(self, message):
        self.steps += 1
        self.stdout.write(f"  {message}")

    def refuse_old_database(self, loader):
        """Stop with instructions if the database is from before migrations were redone.

        Migrations were redone before the first release. Applied migrations that do not
        exist in the project come from an older version.
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
        self.step(f"Updating the database ({len(plan)} migrations)")
        # Migrations make so many objects that Python would look for garbage a fifth of
        # the time. Looking less often takes 50 MB.
        usual = gc.get_threshold()
        gc.set_threshold(100_000, *usual[1:])
        call_command("migrate", interactive=False, verbosity=0)
        gc.set_threshold(*usual)

    def add_languages(self):
        home = HomePage.objects.get(sites_rooted_here__is_default_site=True)
        for code, name in settings.WAGTAIL_CONTENT_LANGUAGES:
            locale, _is_new = Locale.objects.get_or_create(language_code=code)
            if add_home_page_in(home=home, locale=locale):
                self.step(f"Courses can be translated into {name}")

    def build_catalogues(self):
        for folder in settings.LOCALE_PATHS:
            if build_catalogues(folder):
                self.step(f"Built the catalogues of languages in {folder}")

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
        for pack in packs_to_load(BASE_DIR / "course" / "content"):
            self.load(pack, f"the course {pack.name}", "load_course", pack)

    def load(self, source: Path, name: str, command: str, *arguments):
        # Remembered for each database, because another one may not have the content
        # yet.
        database = connection.settings_dict
        place = f"{database['HOST']}/{database['NAME']}: {name}"
        digest = digest_of(source)
        if CoursePage.objects.exists() and self.memory.holds(place, digest):
            return
        self.step(f"Loading {name}")
        call_command(command, *arguments, stdout=self.stdout)
        self.memory.keep(place, digest)

    def follow_site_url(self):
        """Set the address of Wagtail's default site to that of the server."""
        address = urlsplit(settings.SITE_URL)
        port = address.port or {"http": 80, "https": 443}[address.scheme]
        site = Site.objects.get(is_default_site=True)
        if (site.hostname, site.port) != (address.hostname, port):
            site.hostname, site.port = address.hostname, port
            site.save()

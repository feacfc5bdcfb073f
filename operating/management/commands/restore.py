from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from operating.actions.restoring import UnableToRestore, restore_backup
from operating.rules.manifest import SECRET_KEY

WITHOUT_KEY = (
    "The backup contains no secret key. Set SECRET_KEY to the one that the site had, or"
    " people without an account lose their progress."
)


class Command(BaseCommand):
    help = (
        "Restore a file that `manage.py backup` made. Everything in it is checked before"
        " anything is changed. Stop the site first."
    )
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument(
            "--replace",
            action="store_true",
            help="Replace the data of a site that is not empty.",
        )

    def handle(self, *, file, replace, **options):
        try:
            restored = restore_backup(file=file, replace=replace, at=timezone.now())
        except UnableToRestore as error:
            raise CommandError(str(error)) from error
        made = timezone.localtime(restored.manifest.made_at)
        self.stdout.write(f"Restored the backup of {made:%Y-%m-%d %H:%M:%S %Z}.")
        for path in restored.kept:
            self.stdout.write(f"What was there before: {path}")
        if SECRET_KEY not in restored.manifest.parts:
            self.stdout.write(WITHOUT_KEY)
        self.stdout.write("Start the site with script/server: it updates the database.")

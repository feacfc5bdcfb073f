from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from operating.actions.backing_up import UnableToBackUp, make_backup
from operating.media_files import media_are_here
from operating.rules.manifest import SECRET_KEY

WITHOUT_KEY = (
    "The secret key is not in it, because it comes from SECRET_KEY. Keep it elsewhere."
)
WITHOUT_MEDIA = "Media are not in it, because they are in object storage."


class Command(BaseCommand):
    help = (
        "Write the database, media and secret key to one file, which only its owner can"
        " read. The site may be in use."
    )
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument(
            "--replace", action="store_true", help="Overwrite the file if it exists."
        )

    def handle(self, *, file, replace, **options):
        try:
            manifest = make_backup(file=file, replace=replace, at=timezone.now())
        except UnableToBackUp as error:
            raise CommandError(str(error)) from error
        size = file.stat().st_size
        media = len(manifest.media)
        self.stdout.write(f"Backed up: {file} ({size:,} B, media files: {media}).")
        if SECRET_KEY not in manifest.parts:
            self.stdout.write(WITHOUT_KEY)
        if not media_are_here():
            self.stdout.write(WITHOUT_MEDIA)

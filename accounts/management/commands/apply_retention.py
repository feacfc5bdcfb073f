from django.core.management.base import BaseCommand
from django.utils import timezone

from accounts.actions.retention import apply_retention


class Command(BaseCommand):
    help = (
        "Delete records older than the RETENTION_… settings say, kind by kind."
        " Kinds set to 0 are kept indefinitely."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--dry-run",
            action="store_true",
            help="Count records without deleting anything.",
        )

    def handle(self, *, dry_run, **options):
        for result in apply_retention(at=timezone.now(), dry_run=dry_run):
            self.stdout.write(
                self.line(result, "would be deleted" if dry_run else "deleted")
            )

    def line(self, result, verb):
        if not result.months:
            return f"{result.name}: kept indefinitely"
        return (
            f"{result.name}, months kept: {result.months}, rows: {result.count} {verb}"
        )

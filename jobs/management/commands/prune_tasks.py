from django.core.management.base import BaseCommand
from django.utils import timezone

from jobs.actions.failures import prune_failures


class Command(BaseCommand):
    help = "Delete what is kept of failed background tasks after 30 days."

    def handle(self, *, verbosity, **options):
        gone = prune_failures(at=timezone.now())
        if verbosity:
            self.stdout.write(f"{gone} failed tasks deleted.")

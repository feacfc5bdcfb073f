from django.core.management.base import BaseCommand
from django.utils import timezone

from jobs.actions.chains import prune_jobs
from jobs.actions.failures import prune_failures


class Command(BaseCommand):
    help = "Delete what is kept of failed tasks, and jobs that ended, after 30 days."

    def handle(self, *, verbosity, **options):
        at = timezone.now()
        failures, jobs = prune_failures(at=at), prune_jobs(at=at)
        if verbosity:
            self.stdout.write(f"Failed tasks deleted: {failures}. Jobs: {jobs}.")

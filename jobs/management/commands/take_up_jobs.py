from django.core.management.base import BaseCommand

from jobs.actions.chains import take_up_lost_jobs


class Command(BaseCommand):
    help = "Queue the next part of each job that runs and whose next part was lost."

    def handle(self, *, verbosity, **options):
        taken_up = take_up_lost_jobs()
        if verbosity:
            self.stdout.write(f"Jobs taken up again: {taken_up}.")

from django.core.management.base import BaseCommand
from django.utils import timezone

from jobs.actions.schedules import keep_schedules
from jobs.cluster import run_cluster


class Command(BaseCommand):
    help = (
        "Do what waits in the background and what recurs, until it is told to stop."
        " As many as you like may run, on one machine or many."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--beside",
            type=int,
            metavar="PID",
            help="End when this process is gone, such as the server it runs beside.",
        )

    def handle(self, *, beside, **options):
        keep_schedules(at=timezone.now())
        run_cluster(beside=beside)

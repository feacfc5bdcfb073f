from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone

from accounts.actions.learners import purge_idle_learners


class Command(BaseCommand):
    help = (
        "Erase learners without an account who have been idle for LEARNER_IDLE_DAYS. "
        "Their answers are kept for statistics, not linked to anybody."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--dry-run",
            action="store_true",
            help="Count learners without erasing anything.",
        )

    def handle(self, *, dry_run, **options):
        days = settings.LEARNER_IDLE_DAYS
        count = purge_idle_learners(at=timezone.now(), idle_days=days, dry_run=dry_run)
        verb = "would be erased" if dry_run else "erased"
        self.stdout.write(
            f"Learners {verb}, idle for longer than LEARNER_IDLE_DAYS ({days}): {count}."
        )

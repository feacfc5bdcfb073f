import logging

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from jobs.actions.recurring import run_recurring_work
from jobs.queries import due_work

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Run the recurring work that is due, once. For cron, where no worker runs."

    def add_arguments(self, parser):
        parser.add_argument(
            "--dry-run", action="store_true", help="Name what is due and run nothing."
        )

    def handle(self, *, dry_run, **options):
        due = due_work(at=timezone.now())
        if dry_run:
            self.stdout.write("\n".join(work.command for work in due))
            return
        failed = [work.command for work in due if not self._run(work)]
        if failed:
            raise CommandError(f"These failed and are tried again: {', '.join(failed)}")

    def _run(self, work):
        try:
            run_recurring_work(work=work, at=timezone.now())
        # One that fails must not keep the others from running.
        except (Exception, SystemExit):
            logger.exception("%s failed.", work.command)
            return False
        return True

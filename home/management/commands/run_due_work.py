import datetime as dt
import fcntl
import json
import logging
import os
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from home.rules.due_work import JOBS, Job

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = (
        "Run what is due: scheduled publishing, reminders, reviews and clearing up."
        " The worker beside the server calls it; cron may do so instead, or as well."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--dry-run", action="store_true", help="Name what is due and run nothing."
        )

    def handle(self, *, dry_run, **options):
        at = timezone.localtime()
        with locked_times(settings.VAR_DIR / "work.json") as last:
            if last is None:
                self.stdout.write("Another worker is at it.")
                return
            due = [job for job in JOBS if job.is_due(at, _moment(last, job, at))]
            if dry_run:
                self.stdout.write("\n".join(job.command for job in due))
                return
            failed = [job.command for job in due if not self._run(job, last, at)]
        if failed:
            raise CommandError(f"These failed and are tried again: {', '.join(failed)}")

    def _run(self, job: Job, last: dict[str, str], at: dt.datetime) -> bool:
        try:
            call_command(job.command, verbosity=0)
        # One that fails must not keep the others from running.
        except (Exception, SystemExit):
            logger.exception("%s failed.", job.command)
            return False
        last[job.command] = at.isoformat()
        return True


def _moment(last, job, at):
    noted = last.get(job.command)
    return dt.datetime.fromisoformat(noted).astimezone(at.tzinfo) if noted else None


@contextmanager
def locked_times(file: Path):
    """Give command → when it last ended well, to be changed; None while locked."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(file, os.O_RDWR | os.O_CREAT, 0o600), "r+") as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield None
            return
        last = _read(held.read())
        try:
            yield last
        finally:
            held.seek(0)
            held.truncate()
            held.write(json.dumps(last, indent=1))


def _read(text):
    """Return what the file says; one cut off by a crash says nothing."""
    try:
        found = json.loads(text)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}

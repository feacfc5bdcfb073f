import gc
from contextlib import contextmanager
from functools import cache

from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils import timezone

from mail.actions.bounces import queue_undelivered
from mail.actions.keeping import forget_strangers
from mail.actions.planning import plan_messages
from mail.actions.sending import send_due_messages
from mail.models import Message
from mail.queries import unknown_messages
from quizzes.actions.answering import mark_what_was_cut_off
from training.assignments.actions.obligations import reconcile_obligations
from training.assignments.actions.pauses import follow_pauses, record_last_days
from training.teams.actions.addresses import invite_at_new_addresses


class Command(BaseCommand):
    help = (
        "Update obligations, plan reminders and send the mail that is due."
        " Running it twice, or on two machines at once, sends nothing twice."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--dry-run",
            action="store_true",
            help="Report what would be planned and is due. Saves and sends nothing.",
        )
        parser.add_argument(
            "--limit",
            type=int,
            help="Send at most this many messages; the others wait.",
        )

    def handle(self, *, dry_run, limit, verbosity, **options):
        at = timezone.now()
        if dry_run:
            self._rehearse(at)
            return
        with _seldom_collecting():
            self._send(at, limit, verbosity)

    def _send(self, at, limit, verbosity):
        mark_what_was_cut_off(at=at)
        reconcile_obligations(at=at)
        record_last_days(at=at)
        follow_pauses(at=at)
        invite_at_new_addresses(at=at)
        forget_strangers(at=at)
        queue_undelivered(at=at)
        planned = plan_messages(at=at)
        tally = send_due_messages(at=at, limit=limit)
        # A worker that runs every few minutes only reports when there is something to
        # report.
        if verbosity or planned or tally.sent or tally.failed:
            self.stdout.write(_sentence(planned, tally))
        if tally.server_error:
            self.stderr.write(
                f"The mail server does not respond, so mail is waiting. {tally.server_error}"
            )
        for code, number in unknown_messages().items():
            self.stderr.write(
                f"Waiting messages of the unknown kind {code}: {number}. They are not sent."
            )

    @transaction.atomic
    def _rehearse(self, at):
        reconcile_obligations(at=at)
        record_last_days(at=at)
        follow_pauses(at=at)
        invite_at_new_addresses(at=at)
        queue_undelivered(at=at)
        planned = plan_messages(at=at)
        due = Message.objects.waiting(at).count()
        transaction.set_rollback(True)
        self.stdout.write(f"Dry run: would plan {planned}; {due} already due.")


@cache
def _freeze_what_is_loaded():
    # Once in each process: what is frozen is never collected.
    gc.freeze()


@contextmanager
def _seldom_collecting():
    """Collect garbage less often while thousands of messages are sent.

    Everything loaded so far stays in memory, so it need not be scanned again each
    time. This saves a tenth of the time.
    """
    _freeze_what_is_loaded()
    usual = gc.get_threshold()
    gc.set_threshold(50_000)
    try:
        yield
    finally:
        gc.set_threshold(*usual)


def _sentence(planned, tally):
    sentence = (
        f"Reminders: {planned} planned, {tally.sent} sent, {tally.dropped} out of"
        f" date, {tally.held} waiting for quiet hours to end, {tally.failed} failed."
    )
    if not tally.undelivered:
        return sentence
    return f"{sentence} Not sent, because e-mail comes back: {tally.undelivered}."

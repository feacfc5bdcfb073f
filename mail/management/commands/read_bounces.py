from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from mail.actions.bounces import BounceOutcome, take_bounce
from mail.actions.reading import UnableToReadMailbox, read_mailbox
from mail.rules.bounces import parse_bounce

SENTENCES = {
    BounceOutcome.NOTED: "noted, and the address is marked if it is that of an account",
    BounceOutcome.KNOWN: "known already; nothing was changed",
    BounceOutcome.NO_BOUNCE: (
        "it does not say that an e-mail came back; nothing was changed"
    ),
    BounceOutcome.TEMPORARY: (
        "the server may still deliver it, or could not at that time; nothing was changed"
    ),
    BounceOutcome.UNKNOWN_MESSAGE: (
        "it names no e-mail that this site sent and still knows; nothing was changed"
    ),
    BounceOutcome.OTHER_ADDRESS: (
        "the e-mail that it names went to another address, or the person has another one"
        " now; nothing was changed"
    ),
}


class Command(BaseCommand):
    help = (
        "Read which e-mails came back, from the mailbox in BOUNCE_MAILBOX_URL or from"
        " files, and mark the addresses. Reading the same again changes nothing."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "files",
            nargs="*",
            type=Path,
            metavar="FILE",
            help="An e-mail that came back, as a file (.eml). The mailbox is not read.",
        )

    def handle(self, *, files, verbosity, **options):
        if files:
            self._read_files(files)
        elif settings.BOUNCE_MAILBOX:
            self._read_mailbox(verbosity)
        elif verbosity:
            self.stdout.write("BOUNCE_MAILBOX_URL is not set, so nothing was read.")

    def _read_files(self, files):
        try:
            contents = {path: path.read_bytes() for path in files}
        except OSError as error:
            raise CommandError(
                f"{error.filename} cannot be read ({error.strerror}). Nothing was"
                " changed."
            ) from error
        # Trainers get one e-mail for all that came back at the same moment.
        at = timezone.now()
        for path, content in contents.items():
            outcome = take_bounce(bounce=parse_bounce(content), at=at)
            self.stdout.write(f"{path}: {SENTENCES[outcome]}.")

    def _read_mailbox(self, verbosity):
        try:
            found = read_mailbox(at=timezone.now())
        except UnableToReadMailbox as problem:
            raise CommandError(
                f"The mailbox in BOUNCE_MAILBOX_URL cannot be read. {problem}"
            ) from problem
        # A worker that runs every few minutes only reports when there is news.
        if verbosity or found[BounceOutcome.NOTED]:
            self.stdout.write(
                f"Read: {found.total()}. New bounces of e-mails of this site:"
                f" {found[BounceOutcome.NOTED]}."
            )

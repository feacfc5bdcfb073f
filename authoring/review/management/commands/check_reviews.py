from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from authoring.review.actions.reminders import remind_of_checks


class Command(BaseCommand):
    help = (
        "Write to authors about live pages past their review date, once about each. "
        "Run it every night."
    )

    def handle(self, **options):
        reminded = remind_of_checks(at=timezone.now())
        self.stdout.write(f"Past their review date: {len(reminded.pages)}.")
        for page in reminded.pages:
            self.stdout.write(f"  {page.next_check.isoformat()}  {page.title}")
        for address in reminded.sent:
            self.stdout.write(f"Written to {address}.")
        if not (reminded.sent or reminded.failed):
            self.stdout.write("Nobody had to be written to.")
        if reminded.failed:
            lines = [f"  {address}: {why}" for address, why in reminded.failed]
            told = "These could not be written to; the next run tries again:"
            raise CommandError("\n".join([told, *lines]))

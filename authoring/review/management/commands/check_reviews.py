from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from authoring.review.actions.reminders import remind_of_checks


class Command(BaseCommand):
    help = (
        "E-mail authors about live pages that are past their review date, once for each"
        " page. Run it every night."
    )

    def handle(self, **options):
        reminded = remind_of_checks(at=timezone.now())
        self.stdout.write(f"Past their review date: {len(reminded.pages)}.")
        for page in reminded.pages:
            self.stdout.write(f"  {page.next_check.isoformat()}  {page.title}")
        for address in reminded.sent:
            self.stdout.write(f"Written to {address}.")
        if not (reminded.sent or reminded.failed):
            self.stdout.write("No e-mails were needed.")
        if reminded.failed:
            lines = [f"  {address}: {why}" for address, why in reminded.failed]
            heading = (
                "No e-mail could be sent to these people. The next run tries again:"
            )
            raise CommandError("\n".join([heading, *lines]))

from django.core.management.base import BaseCommand
from django.utils import timezone

from authoring.review.queries.due_checks import overdue_pages


class Command(BaseCommand):
    help = (
        "List live pages that are past their review date. send_due_reminders e-mails "
        "the authors once about each page."
    )

    def handle(self, **options):
        pages = overdue_pages(timezone.localdate())
        self.stdout.write(f"Past their review date: {len(pages)}.")
        for page in pages:
            self.stdout.write(f"  {page.next_check.isoformat()}  {page.title}")

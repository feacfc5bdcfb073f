from django.core.management.base import BaseCommand
from django.utils import timezone

from authoring.review.queries.due_checks import overdue_pages


class Command(BaseCommand):
    help = (
        "List live pages that are past their review date. Their authors get an e-mail from"
        " send_due_reminders, once for each page."
    )

    def handle(self, **options):
        pages = overdue_pages(timezone.localdate())
        self.stdout.write(f"Past their review date: {len(pages)}.")
        for page in pages:
            self.stdout.write(f"  {page.next_check.isoformat()}  {page.title}")

from django.core.management.base import BaseCommand
from django.utils import timezone

from progress.actions.resuming import purge_resume_words


class Command(BaseCommand):
    help = "Delete the words to carry on with elsewhere that have expired."

    def handle(self, **options):
        count = purge_resume_words(at=timezone.now())
        self.stdout.write(f"Expired words deleted: {count}.")

from django.conf import settings
from django.core.management.base import BaseCommand

from languages.rules import build_catalogues


class Command(BaseCommand):
    help = "Build the catalogues of the interface's languages from locale/*.po."
    requires_system_checks = []

    def handle(self, **options):
        for folder in settings.LOCALE_PATHS:
            for file in build_catalogues(folder):
                self.stdout.write(f"Catalogue written: {file}")

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from home.rules.stylesheet import UnexpectedStylesheet, build_stylesheet


class Command(BaseCommand):
    help = "Make the site's style sheet from the NHS design system's and our own."

    def handle(self, **options):
        try:
            sheet = build_stylesheet(settings.VAR_DIR / "build")
        except UnexpectedStylesheet as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Style sheet written: {sheet} ({sheet.stat().st_size} B).")

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from home.rules.stylesheet import UnexpectedStylesheet, build_stylesheet


class Command(BaseCommand):
    help = (
        "Build the site's style sheet from that of the NHS design system and our own."
    )

    def handle(self, **options):
        try:
            sheet = build_stylesheet(settings.VAR_DIR / "build")
        except UnexpectedStylesheet as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Style sheet written: {sheet} ({sheet.stat().st_size} B).")

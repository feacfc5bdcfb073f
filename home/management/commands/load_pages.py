from django.core.management.base import BaseCommand

from home.actions import add_missing_pages
from home.models import HomePage
from home.rules.page_files import CONTENT, read_page_files


class Command(BaseCommand):
    help = "Create missing information pages. Existing pages do not change."

    def handle(self, **options):
        home = HomePage.objects.get(sites_rooted_here__is_default_site=True)
        made = add_missing_pages(home=home, files=read_page_files(CONTENT))
        for page in made:
            self.stdout.write(f"Created {page.title}: {page.url}")
        if not made:
            self.stdout.write(
                "All information pages already exist. Nothing was changed."
            )

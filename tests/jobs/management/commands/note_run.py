from django.core.management.base import BaseCommand

from tests.jobs.made_up import note


class Command(BaseCommand):
    def handle(self, **options):
        note("ran")

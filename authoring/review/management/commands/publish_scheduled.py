from django.utils import timezone
from wagtail.management.commands import publish_scheduled

from authoring.review.actions.going_live import withdraw_early_schedules


class Command(publish_scheduled.Command):
    help = (
        "Publish and unpublish pages on schedule, as Wagtail does. What may not go live"
        " yet, such as a translation that nobody signed off, stays a draft."
    )

    def handle(self, *args, **options):
        if not options["dryrun"]:
            withdraw_early_schedules(at=timezone.now())
        super().handle(*args, **options)

from django.apps import AppConfig


class ProgressConfig(AppConfig):
    name = "progress"
    verbose_name = "Progress"

    def ready(self):
        from wagtail.signals import (
            page_published,
            page_unpublished,
            post_page_move,
        )

        from accounts.register import Holding, register
        from progress import certificates, merging, queries, receivers

        register(
            Holding(
                name="courses",
                description="Courses begun, lessons done and certificates.",
                export=queries.progress_record,
                erase=certificates.blank_certificates,
                merge=merging.merge_progress,
            )
        )
        # By whatever way a course comes to have other lessons, Wagtail says so.
        receivers.connect(
            published=page_published,
            unpublished=page_unpublished,
            moved=post_page_move,
        )

from django.apps import AppConfig


class ProgressConfig(AppConfig):
    name = "progress"
    verbose_name = "Progress"
    shown_to_no_visitor = frozenset(
        {"progress.Certificate", "progress.Enrolment", "progress.LessonProgress"}
    )

    def ready(self):
        from wagtail.signals import (
            page_published,
            page_unpublished,
            post_page_move,
        )

        from accounts.register import Holding, register_holding
        from progress import queries, receivers
        from progress.actions import certificates, merging

        register_holding(
            Holding(
                name="courses",
                description="Courses started, lessons done and certificates",
                export=queries.progress_record,
                erase=certificates.blank_certificates,
                merge=merging.merge_progress,
            )
        )
        # Signals, not hooks: these are sent however a page is published, moved or taken
        # offline, see https://github.com/wagtail/wagtail/issues/6949
        receivers.connect_receivers(
            published=page_published,
            unpublished=page_unpublished,
            moved=post_page_move,
        )

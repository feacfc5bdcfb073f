from django.apps import AppConfig


class ProgressConfig(AppConfig):
    name = "progress"
    verbose_name = "Progress"

    def ready(self):
        from accounts.register import Holding, register
        from progress import certificates, merging, queries

        register(
            Holding(
                name="courses",
                description="Courses begun, lessons done and certificates.",
                export=queries.progress_record,
                erase=certificates.blank_certificates,
                merge=merging.merge_progress,
            )
        )

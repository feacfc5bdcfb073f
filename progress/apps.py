from django.apps import AppConfig


class ProgressConfig(AppConfig):
    name = "progress"
    verbose_name = "Progress"

    def ready(self):
        from accounts.register import Holding, register
        from progress import actions, merging, queries

        register(
            Holding(
                name="courses",
                description="Courses begun, lessons done and certificates.",
                export=queries.progress_record,
                erase=actions.rename_certificates,
                merge=merging.merge_progress,
            )
        )

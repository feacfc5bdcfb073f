from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "training.people"
    verbose_name = "People"

    def ready(self):
        from jobs.kinds import register_job_kinds
        from training.people.actions.bulk import JOB_KINDS

        register_job_kinds(*JOB_KINDS.values())

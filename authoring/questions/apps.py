from django.apps import AppConfig


class QuestionsConfig(AppConfig):
    name = "authoring.questions"
    verbose_name = "Import and export of questions"

    def ready(self):
        from django.core.checks import register

        from authoring.questions.actions.import_jobs import ImportingQuestions
        from authoring.questions.checks import check_shapes_of_kinds
        from jobs.kinds import register_job_kinds

        register_job_kinds(ImportingQuestions())
        register(check_shapes_of_kinds)

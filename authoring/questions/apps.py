from django.apps import AppConfig


class QuestionsConfig(AppConfig):
    name = "authoring.questions"
    verbose_name = "Import and export of questions"

    def ready(self):
        from django.core.checks import register

        from authoring.questions.checks import check_shapes_of_kinds

        register(check_shapes_of_kinds)

from django.apps import AppConfig


class QuestionsConfig(AppConfig):
    name = "authoring.questions"
    verbose_name = "Import and export of questions"

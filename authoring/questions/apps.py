from django.apps import AppConfig


class QuestionsConfig(AppConfig):
    name = "authoring.questions"
    verbose_name = "Questions in and out"

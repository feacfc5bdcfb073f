from django.apps import AppConfig


class ArrangingConfig(AppConfig):
    name = "authoring.arranging"
    verbose_name = "Outline of a course"

from django.apps import AppConfig


class ElsewhereConfig(AppConfig):
    name = "training.elsewhere"
    verbose_name = "Done elsewhere"

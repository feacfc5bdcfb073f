from django.apps import AppConfig


class PacksConfig(AppConfig):
    name = "authoring.packs"
    verbose_name = "Course packs"

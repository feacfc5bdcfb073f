from django.apps import AppConfig


class AuthoringConfig(AppConfig):
    name = "authoring"
    verbose_name = "Authoring"

    def ready(self):
        from wagtail.signals import page_published

        from authoring.receivers import page_went_live

        page_published.connect(page_went_live)

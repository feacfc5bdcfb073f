from django.apps import AppConfig


class TranslatingConfig(AppConfig):
    name = "authoring.translating"
    verbose_name = "Translation of courses"

    def ready(self):
        from django.core.checks import register

        from authoring.translating.checks import check_languages_of_pages
        from authoring.translating.package import fit_package_in

        register(check_languages_of_pages)
        fit_package_in()

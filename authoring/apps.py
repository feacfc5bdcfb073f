from django.apps import AppConfig


class AuthoringConfig(AppConfig):
    name = "authoring"
    verbose_name = "Authoring"

    def ready(self):
        from wagtail.signals import page_published

        from accounts.register import AccountHolding, register_account
        from authoring import actions, queries
        from authoring.checks_panel import ChecksPanel
        from authoring.import_panel import ImportPanel
        from authoring.receivers import page_went_live
        from course.models import LessonPage

        register_account(
            AccountHolding(
                name="sign_offs",
                description="Pages you signed off: your name, your role, and when.",
                export=queries.sign_offs_record,
                erase=actions.unlink_sign_offs,
            )
        )
        page_published.connect(page_went_live)
        LessonPage.check_panels += [ImportPanel(), ChecksPanel()]

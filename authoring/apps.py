from django.apps import AppConfig


class AuthoringConfig(AppConfig):
    name = "authoring"
    verbose_name = "Authoring"

    def ready(self):
        from wagtail.signals import page_published

        from accounts.register import AccountHolding, register_account
        from authoring import article_queries, review_actions, sign_offs
        from authoring.checks_panel import ChecksPanel
        from authoring.import_panel import ImportPanel
        from authoring.pack_out.export_losses import register_export_loss
        from authoring.receivers import page_went_live
        from authoring.reminding import export_reminders, forget_reminders
        from authoring.sign_off_panel import SignOffPanel
        from course.models import CoursePage, LessonPage

        register_account(
            AccountHolding(
                name="sign_offs",
                description="Pages you signed off: your name, your role, and when.",
                export=sign_offs.sign_offs_record,
                erase=review_actions.unlink_sign_offs,
            )
        )
        register_account(
            AccountHolding(
                name="review_reminders",
                description="Pages past their review date that you were written to about.",
                export=export_reminders,
                erase=forget_reminders,
            )
        )
        register_export_loss(article_queries.articles_not_exported)
        register_export_loss(sign_offs.sign_offs_not_exported)
        page_published.connect(page_went_live)
        CoursePage.check_panels += [SignOffPanel()]
        LessonPage.check_panels += [SignOffPanel(), ImportPanel(), ChecksPanel()]

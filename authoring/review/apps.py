from django.apps import AppConfig


class ReviewConfig(AppConfig):
    name = "authoring.review"
    verbose_name = "Clinical review"

    def ready(self):
        from wagtail.signals import page_published

        from accounts.register import AccountHolding, register_account
        from authoring.packs.writers.export_losses import register_export_loss
        from authoring.review.actions.sign_offs import unlink_sign_offs
        from authoring.review.kinds.checks_due import ChecksDueMail
        from authoring.review.panels.checks import ChecksPanel
        from authoring.review.panels.sign_off import SignOffPanel
        from authoring.review.queries import sign_offs
        from authoring.review.receivers import (
            danger_signs_were_saved,
            page_goes_live,
            page_went_live,
        )
        from course import events
        from course.models import CoursePage, LessonPage
        from mail.kinds import register_kinds

        register_account(
            AccountHolding(
                name="sign_offs",
                description="The pages you signed off, with the date and your name "
                "and role.",
                export=sign_offs.sign_offs_record,
                erase=unlink_sign_offs,
            )
        )
        register_kinds(ChecksDueMail())
        register_export_loss(sign_offs.sign_offs_not_exported)
        page_published.connect(page_went_live)
        events.danger_signs_saved.subscribe(danger_signs_were_saved)
        events.page_goes_live.subscribe(page_goes_live)
        CoursePage.check_panels += [SignOffPanel()]
        LessonPage.check_panels += [SignOffPanel(), ChecksPanel()]

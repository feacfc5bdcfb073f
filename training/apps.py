from django.apps import AppConfig


class TrainingConfig(AppConfig):
    name = "training"
    verbose_name = "Training"

    def ready(self):
        from wagtail.signals import page_published

        from accounts.register import (
            AccountHolding,
            Holding,
            register,
            register_account,
        )
        from accounts.sending import keep_with
        from progress.deeds import after_course_change, after_deed
        from quizzes.requirements import add_requirements
        from training import personal_record
        from training.actions import forgetting
        from training.actions.account_mail import keep_message
        from training.actions.settling import settle, settle_course
        from training.asked_here import lessons_not_as_asked
        from training.receivers import review_date_went_live

        register(
            Holding(
                name="training",
                description="Teams you belong to and what you were asked to learn.",
                export=personal_record.training_record,
                erase=forgetting.forget_learner,
                merged=settle,
            )
        )
        register_account(
            AccountHolding(
                name="mail",
                description="Reminders and other mail that the site sent you.",
                export=personal_record.mail_record,
                erase=forgetting.forget_account,
            )
        )
        after_deed(settle)
        keep_with(keep_message)
        add_requirements(lessons_not_as_asked)
        after_course_change(settle_course)
        page_published.connect(review_date_went_live)

from django.apps import AppConfig


class TrainingConfig(AppConfig):
    name = "training"
    verbose_name = "Training"

    def ready(self):
        from accounts.register import (
            AccountHolding,
            Holding,
            register,
            register_account,
        )
        from progress.deeds import after_deed
        from training import mail_records, queries
        from training.actions.settling import settle

        register(
            Holding(
                name="training",
                description="Teams you belong to and what you were asked to learn.",
                export=queries.training_record,
                merged=settle,
            )
        )
        register_account(
            AccountHolding(
                name="mail",
                description="Reminders and other mail sent to you: what kind, and when.",
                export=mail_records.mail_record,
                erase=mail_records.blank_mail,
            )
        )
        after_deed(settle)

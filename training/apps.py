from django.apps import AppConfig


class TrainingConfig(AppConfig):
    name = "training"
    verbose_name = "Training"

    def ready(self):
        from accounts.register import Holding, register
        from progress.deeds import after_deed
        from training import queries
        from training.actions.settling import settle

        register(
            Holding(
                name="training",
                description="Teams you belong to and what you were asked to learn.",
                export=queries.training_record,
                merged=settle,
            )
        )
        after_deed(settle)

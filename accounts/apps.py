from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = "Accounts"

    def ready(self):
        from accounts import queries
        from accounts.register import Holding, register

        register(
            Holding(
                name="learner",
                description="When you first and last did something here.",
                export=queries.learner_record,
            )
        )

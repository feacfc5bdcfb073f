from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = "Accounts"

    def ready(self):
        from accounts import erasing, queries
        from accounts.register import (
            AccountHolding,
            Holding,
            register,
            register_account,
        )

        register(
            Holding(
                name="learner",
                description="When you first and last did something here.",
                export=queries.learner_record,
            )
        )
        register_account(
            AccountHolding(
                name="account",
                description="Your e-mail address, your name if you gave it, your roles.",
                export=queries.account_record,
                erase=erasing.blank_account,
            )
        )

from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "home"
    verbose_name = "Home"

    def ready(self):
        from django.utils.translation import gettext_lazy as _

        from jobs.register import RecurringWork, register_recurring
        from jobs.rules import Recurrence

        register_recurring(
            RecurringWork(
                "prune_cache",
                _("Delete cached files that have expired"),
                Recurrence(minutes=10),
            )
        )

from django.apps import AppConfig


class ClarityConfig(AppConfig):
    name = "clarity"
    verbose_name = "Clarity"
    shown_to_no_visitor = frozenset({"clarity.ClarityAnswer"})

    def ready(self):
        from accounts.actions.retention import add_retention_rule
        from clarity.retention import RULES

        for rule in RULES:
            add_retention_rule(rule)

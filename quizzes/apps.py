from django.apps import AppConfig


class QuizzesConfig(AppConfig):
    name = "quizzes"
    verbose_name = "Quizzes"

    def ready(self):
        from accounts.register import Holding, register
        from quizzes import actions, merging, queries

        register(
            Holding(
                name="attempts",
                description="Quiz attempts: what was asked, answered and marked.",
                export=queries.attempts_record,
                erase=actions.abandon_attempts,
                merge=merging.merge_attempts,
            )
        )

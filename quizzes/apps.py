from django.apps import AppConfig


class QuizzesConfig(AppConfig):
    name = "quizzes"
    verbose_name = "Quizzes"

    def ready(self):
        from accounts.register import Holding, register
        from course.lesson_form import before_going_live
        from quizzes import actions, publishing, queries

        register(
            Holding(
                name="attempts",
                description="Quiz attempts: what was asked, answered and marked.",
                export=queries.attempts_record,
                erase=actions.abandon_attempts,
            )
        )
        before_going_live(publishing.check_questions)
        before_going_live(publishing.check_places_of_questions)

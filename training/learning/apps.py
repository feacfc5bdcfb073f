from django.apps import AppConfig


class LearningConfig(AppConfig):
    name = "training.learning"
    verbose_name = "My learning"

    def ready(self):
        from quizzes.queries.requirements import add_requirements
        from training.learning.queries.asked_here import lessons_not_as_asked

        add_requirements(lessons_not_as_asked)

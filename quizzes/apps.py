from django.apps import AppConfig


class QuizzesConfig(AppConfig):
    name = "quizzes"
    verbose_name = "Quizzes"
    shown_to_no_visitor = frozenset(
        {
            "quizzes.Answer",
            "quizzes.Attempt",
            "quizzes.Grade",
            "quizzes.Paper",
            "quizzes.SeenChange",
            "quizzes.SeenGrade",
        }
    )

    def ready(self):
        from django.core.checks import register as register_check

        from jobs.kinds import register_job_kinds
        from mail.kinds import register_kinds
        from quizzes.actions.regrade_jobs import MarkingAgain
        from quizzes.checks import check_templates_of_kinds
        from quizzes.mail_kinds.look_back import LookBackMail

        register_check(check_templates_of_kinds)
        register_job_kinds(MarkingAgain())
        register_kinds(LookBackMail())
        self._register_with_accounts()
        self._register_with_lessons()

    def _register_with_accounts(self):
        from accounts.register import (
            Holding,
            after_sign_in,
            register_holding,
            when_forgotten,
        )
        from quizzes.actions import answering, merging
        from quizzes.queries import personal_record
        from quizzes.views.kept import drop_what_belongs_to, save_after_sign_in

        register_holding(
            Holding(
                name="attempts",
                description="Quiz attempts, with the questions, your answers and the "
                "marks.",
                export=personal_record.attempts_record,
                erase=answering.forget_attempts,
                merge=merging.merge_attempts,
            )
        )
        after_sign_in(save_after_sign_in)
        when_forgotten(drop_what_belongs_to)

    def _register_with_lessons(self):
        from wagtail.signals import page_published

        from course.forms.lesson import before_going_live
        from course.models import LessonPage
        from quizzes.forms import publishing
        from quizzes.panels.regrade import RegradePanel
        from quizzes.receivers import lesson_published

        before_going_live(publishing.check_questions)
        before_going_live(publishing.check_places_of_questions)
        before_going_live(publishing.check_kind_of_change)
        # Hooks around publishing only run in the editor's own views, unlike this
        # signal: https://github.com/wagtail/wagtail/issues/6949
        page_published.connect(lesson_published, sender=LessonPage)
        LessonPage.going_live_panels.append(RegradePanel())

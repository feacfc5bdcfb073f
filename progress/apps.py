from django.apps import AppConfig


class ProgressConfig(AppConfig):
    name = "progress"
    verbose_name = "Progress"
    shown_to_no_visitor = frozenset(
        {
            "progress.Certificate",
            "progress.Enrolment",
            "progress.LessonProgress",
            "progress.RecallCard",
            "progress.RecallReminder",
            "progress.ResumeWords",
        }
    )

    def ready(self):
        from wagtail.signals import (
            page_published,
            page_unpublished,
            post_page_move,
        )

        from accounts.register import when_forgotten
        from progress import receivers
        from progress.views.shown_words import drop_shown_words

        when_forgotten(drop_shown_words)
        self._register_holdings()
        self._register_look_backs()
        # Signals, not hooks: these are sent however a page is published, moved or taken
        # offline, see https://github.com/wagtail/wagtail/issues/6949
        receivers.connect_receivers(
            published=page_published,
            unpublished=page_unpublished,
            moved=post_page_move,
        )
        self._register_recurring_work()

    def _register_holdings(self):
        from accounts.register import Holding, register_holding
        from progress import queries
        from progress.actions import certificates, merging, resuming

        register_holding(
            Holding(
                name="resume_words",
                description="Until when five words open your progress on another device, if you"
                " asked for them (not the words)",
                export=queries.resume_words_record,
                erase=resuming.erase_resume_words,
                merge=resuming.merge_resume_words,
            )
        )
        register_holding(
            Holding(
                name="courses",
                description="Courses started, lessons done and certificates",
                export=queries.progress_record,
                erase=certificates.blank_certificates,
                merge=merging.merge_progress,
            )
        )

    def _register_look_backs(self):
        from accounts.register import Holding, register_holding
        from progress import queries
        from progress.actions import recall, reminding

        register_holding(
            Holding(
                name="look_backs",
                description="How you answered when you looked back at lessons, and when"
                " to ask again",
                export=queries.recall_record,
                erase=recall.forget_recall,
                merge=recall.merge_recall,
            )
        )
        register_holding(
            Holding(
                name="look_back_mail",
                description="Whether you asked for an e-mail when a look back is due",
                export=queries.reminder_record,
                erase=reminding.forget_reminders,
                merge=reminding.merge_reminders,
            )
        )

    def _register_recurring_work(self):
        import datetime as dt

        from django.utils.translation import gettext_lazy as _

        from jobs.register import RecurringWork, register_recurring
        from jobs.rules import Recurrence

        register_recurring(
            RecurringWork(
                "purge_resume_words",
                _("Delete expired words to carry on with"),
                Recurrence(at=dt.time(3, 20)),
            ),
        )

from django.apps import AppConfig


class AssignmentsConfig(AppConfig):
    name = "training.assignments"
    verbose_name = "Assignments"
    shown_to_no_visitor = frozenset(
        {
            "assignments.Assignment",
            "assignments.CalendarLink",
            "assignments.CompletionElsewhere",
            "assignments.CompletionProof",
            "assignments.DigestTime",
            "assignments.ExceptionEntry",
            "assignments.LastQuizDay",
            "assignments.Obligation",
            "assignments.Pause",
        }
    )

    def ready(self):
        self._register_personal_data()
        self._register_account_data()
        self._follow_what_happens()
        self._register_mail()
        self._register_mail_readers()
        self._say_what_is_asked()
        self._register_recurring_work()
        self._register_jobs()

    def _register_jobs(self):
        from jobs.kinds import register_job_kinds
        from training.assignments.actions.giving_out import GivingOut

        register_job_kinds(GivingOut())

    def _register_recurring_work(self):
        from django.utils.translation import gettext_lazy as _

        from jobs.register import RecurringWork, register_recurring
        from jobs.rules import Recurrence

        register_recurring(
            RecurringWork(
                "send_due_reminders",
                _("Send reminders and other mail that is due"),
                Recurrence(minutes=5),
            )
        )

    def _register_personal_data(self):
        from accounts.actions.retention import add_retention_rule
        from accounts.register import Holding, register_holding
        from training.assignments.actions import forgetting
        from training.assignments.actions.satisfaction import mark_satisfied
        from training.assignments.queries import personal_record, retention

        register_holding(
            Holding(
                name="assignments",
                description="What you were asked to learn",
                export=personal_record.assignment_record,
                erase=forgetting.forget_obligations,
                merged=mark_satisfied,
            )
        )
        for rule in retention.RULES:
            add_retention_rule(rule)

    def _register_account_data(self):
        from accounts.register import AccountHolding, register_account
        from training.assignments.actions.calendar_links import forget_calendar_links
        from training.assignments.actions.digests import forget_digest_time
        from training.assignments.queries.calendar_links import calendar_links_record
        from training.assignments.queries.digests import digest_time_record

        register_account(
            AccountHolding(
                name="digest",
                description="When you get the list of who is behind in your teams",
                export=digest_time_record,
                erase=forget_digest_time,
            )
        )
        register_account(
            AccountHolding(
                name="calendar_links",
                description="Secret links to your calendar of due dates",
                export=calendar_links_record,
                erase=forget_calendar_links,
            )
        )

    def _follow_what_happens(self):
        from wagtail.signals import page_published

        from progress.events import course_changed, lesson_worked_on
        from training.assignments.actions.giving_out import follow_team
        from training.assignments.actions.satisfaction import (
            mark_course_satisfied,
            mark_satisfied,
        )
        from training.assignments.receivers import review_date_went_live
        from training.teams.events import team_changed

        lesson_worked_on.subscribe(mark_satisfied)
        course_changed.subscribe(mark_course_satisfied)
        team_changed.subscribe(follow_team)
        page_published.connect(review_date_went_live)

    def _register_mail(self):
        from mail.kinds import register_kinds
        from training.assignments.kinds.date_changed import DateChangedMail
        from training.assignments.kinds.ladder import (
            AssignedMail,
            BeforeDueMail,
            DueTodayMail,
            HalfWayMail,
            OverdueMail,
        )
        from training.assignments.kinds.remind_now import RemindNowMail

        register_kinds(
            AssignedMail(),
            HalfWayMail(),
            BeforeDueMail(),
            DueTodayMail(),
            OverdueMail(),
            RemindNowMail(),
            DateChangedMail(),
        )
        self._register_mail_about_changes()
        self._register_mail_to_trainers()

    def _register_mail_about_changes(self):
        from mail.kinds import register_kinds
        from training.assignments.kinds.all_clear import AllClearMail
        from training.assignments.kinds.asked_again import AskedAgainMail
        from training.assignments.kinds.completed_elsewhere import (
            ElsewhereRecordedMail,
            ElsewhereRevokedMail,
        )
        from training.assignments.kinds.excused import HandedOverMail, WaivedMail

        register_kinds(
            WaivedMail(),
            HandedOverMail(),
            AskedAgainMail(),
            AllClearMail(),
            ElsewhereRecordedMail(),
            ElsewhereRevokedMail(),
        )

    def _register_mail_to_trainers(self):
        from mail.kinds import register_kinds
        from training.assignments.kinds.cannot_be_done import (
            DecisionNeededMail,
            PauseAheadMail,
        )
        from training.assignments.kinds.overdue_in_team import (
            DigestMail,
            EscalationMail,
        )

        register_kinds(
            DigestMail(), EscalationMail(), PauseAheadMail(), DecisionNeededMail()
        )

    def _say_what_is_asked(self):
        from training.assignments.queries.asked import asked_courses
        from training.teams.queries.asked import register_asked

        register_asked(asked_courses)

    def _register_mail_readers(self):
        from mail.access import MailReaders, register_readers
        from training.assignments import access
        from training.teams.access import may_enter

        register_readers(
            MailReaders(
                may_enter=may_enter,
                seen_by=access.obligation_mail_seen_by,
                run_by=access.obligation_mail_run_by,
            )
        )

from django.apps import AppConfig


class TrainingConfig(AppConfig):
    name = "training"
    verbose_name = "Training"

    def ready(self):
        self._register_personal_data()
        self._follow_what_happens()
        self._register_mail_of_teams()
        self._register_mail_of_assignments()
        self._register_mail_of_reports()

    def _register_personal_data(self):
        from accounts.register import (
            AccountHolding,
            Holding,
            register_account,
            register_holding,
        )
        from accounts.retention import add_retention_rule
        from training import (
            assignment_record,
            report_record,
            retention,
            team_record,
            team_retention,
        )
        from training.actions import (
            forgetting_members,
            forgetting_obligations,
        )
        from training.actions.settling import settle

        register_account(
            AccountHolding(
                name="reports",
                description="Reports that you get by e-mail.",
                export=report_record.scheduled_reports_record,
                erase=report_record.forget_scheduled_reports,
            )
        )
        register_account(
            AccountHolding(
                name="managed",
                description="Teams that name you as their manager.",
                export=team_record.managed_teams_record,
                erase=forgetting_members.forget_manager,
            )
        )
        register_holding(
            Holding(
                name="assignments",
                description="What you were asked to learn.",
                export=assignment_record.assignment_record,
                erase=forgetting_obligations.forget_obligations,
                merged=settle,
            )
        )
        register_holding(
            Holding(
                name="teams",
                description="Teams you belong to.",
                export=team_record.team_record,
                erase=forgetting_members.forget_member,
            )
        )
        rules = (*team_retention.RULES, *retention.RULES)
        for rule in rules:
            add_retention_rule(rule)

    def _follow_what_happens(self):
        from wagtail.signals import page_published

        from progress.deeds import after_course_change, after_deed
        from quizzes.requirements import add_requirements
        from training.actions.assigning import reconcile_team
        from training.actions.settling import settle, settle_course
        from training.asked_here import lessons_not_as_asked
        from training.receivers import review_date_went_live
        from training.team_events import team_changed

        after_deed(settle)
        team_changed.subscribe(reconcile_team)
        add_requirements(lessons_not_as_asked)
        after_course_change(settle_course)
        page_published.connect(review_date_went_live)

    def _register_mail_of_teams(self):
        from mail.access import MailReaders, register_readers
        from mail.kinds import register_kinds
        from training import access
        from training.kinds.invitation import InvitationMail

        register_kinds(InvitationMail())
        register_readers(
            MailReaders(
                may_enter=access.may_enter,
                seen_by=access.team_mail_seen_by,
                run_by=access.team_mail_run_by,
            )
        )

    def _register_mail_of_assignments(self):
        from mail.access import MailReaders, register_readers
        from mail.kinds import register_kinds
        from training.access import may_enter
        from training.assignment_access import (
            obligation_mail_run_by,
            obligation_mail_seen_by,
        )
        from training.kinds.cannot_be_done import DecisionNeededMail, PauseAheadMail
        from training.kinds.overdue_in_team import DigestMail, EscalationMail
        from training.kinds.reminders import (
            AllClearMail,
            AssignedMail,
            BeforeDueMail,
            DueTodayMail,
            OverdueMail,
        )

        register_kinds(
            AssignedMail(),
            BeforeDueMail(),
            DueTodayMail(),
            OverdueMail(),
            AllClearMail(),
            DigestMail(),
            EscalationMail(),
            PauseAheadMail(),
            DecisionNeededMail(),
        )
        register_readers(
            MailReaders(
                may_enter=may_enter,
                seen_by=obligation_mail_seen_by,
                run_by=obligation_mail_run_by,
            )
        )

    def _register_mail_of_reports(self):
        from mail.kinds import register_kinds
        from training.kinds.report import ReportMail

        register_kinds(ReportMail())

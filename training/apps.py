from django.apps import AppConfig


class TrainingConfig(AppConfig):
    name = "training"
    verbose_name = "Training"

    def ready(self):
        self._register_personal_data()
        self._follow_what_happens()

    def _register_personal_data(self):
        from accounts.register import (
            AccountHolding,
            Holding,
            register,
            register_account,
        )
        from accounts.retention import add_retention_rule
        from training import (
            assignment_record,
            mail_retention,
            personal_record,
            report_record,
            retention,
            team_record,
            team_retention,
        )
        from training.actions import (
            forgetting,
            forgetting_members,
            forgetting_obligations,
        )
        from training.actions.settling import settle

        register_account(
            AccountHolding(
                name="mail",
                description="Reminders and other mail that the site sent you.",
                export=personal_record.mail_record,
                erase=forgetting.forget_mail_of_account,
            )
        )
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
        register(
            Holding(
                name="assignments",
                description="What you were asked to learn.",
                export=assignment_record.assignment_record,
                erase=forgetting_obligations.forget_obligations,
                merged=settle,
            )
        )
        register(
            Holding(
                name="teams",
                description="Teams you belong to.",
                export=team_record.team_record,
                erase=forgetting_members.forget_member,
            )
        )
        rules = (*mail_retention.RULES, *team_retention.RULES, *retention.RULES)
        for rule in rules:
            add_retention_rule(rule)

    def _follow_what_happens(self):
        from wagtail.signals import page_published

        from accounts.sending import keep_with
        from progress.deeds import after_course_change, after_deed
        from quizzes.requirements import add_requirements
        from training.actions.account_mail import keep_message
        from training.actions.assigning import reconcile_team
        from training.actions.settling import settle, settle_course
        from training.asked_here import lessons_not_as_asked
        from training.receivers import review_date_went_live
        from training.team_events import team_changed

        after_deed(settle)
        team_changed.subscribe(reconcile_team)
        keep_with(keep_message)
        add_requirements(lessons_not_as_asked)
        after_course_change(settle_course)
        page_published.connect(review_date_went_live)

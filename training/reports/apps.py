from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "training.reports"
    verbose_name = "Reports"
    shown_to_no_visitor = frozenset({"reports.ScheduledReport"})

    def ready(self):
        from accounts.register import AccountHolding, register_account
        from jobs.kinds import register_job_kinds
        from mail.kinds import register_kinds
        from training.reports.actions.schedules import forget_scheduled_reports
        from training.reports.kinds.report import ReportMail
        from training.reports.queries.personal_record import scheduled_reports_record
        from training.reports.views.exports import ExportingReport

        register_account(
            AccountHolding(
                name="reports",
                description="Reports that you get by e-mail",
                export=scheduled_reports_record,
                erase=forget_scheduled_reports,
            )
        )
        register_kinds(ReportMail())
        register_job_kinds(ExportingReport())

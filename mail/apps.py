from django.apps import AppConfig


class MailConfig(AppConfig):
    name = "mail"
    verbose_name = "Mail"
    shown_to_no_visitor = frozenset({"mail.FailingAddress", "mail.Message"})

    def ready(self):
        from django.core.checks import register as register_check

        from accounts.actions.retention import add_retention_rule
        from accounts.actions.sending import keep_with
        from accounts.register import AccountHolding, register_account
        from mail.account_mail import AccountMail
        from mail.actions.forgetting import forget_account
        from mail.actions.hurrying import sends_soon
        from mail.actions.keeping import keep_email
        from mail.checks import check_registered_kinds
        from mail.kinds import register_kinds
        from mail.queries import mail_record
        from mail.retention import RULES

        register_kinds(AccountMail())
        register_check(check_registered_kinds)
        keep_with(keep_email, sends_soon)
        for rule in RULES:
            add_retention_rule(rule)
        register_account(
            AccountHolding(
                name="mail",
                description="Reminders and other e-mails that the site sent you",
                export=mail_record,
                erase=forget_account,
            )
        )
        self._register_tasks()

        self._register_recurring_work()

    def _register_recurring_work(self):
        from django.utils.translation import gettext_lazy as _

        from jobs.register import RecurringWork, register_recurring
        from jobs.rules import Recurrence

        register_recurring(
            RecurringWork(
                "read_bounces",
                _("Read which e-mails came back"),
                Recurrence(minutes=15),
            )
        )

    def _register_tasks(self):
        from django.utils.translation import gettext_lazy as _

        from jobs.register import Task, register_tasks
        from mail import tasks
        from mail.actions.hurrying import SEND_DUE, SEND_ONE

        advice = _("The mail waits in the outbox and is sent with what else is due.")
        register_tasks(
            Task(
                SEND_ONE, _("Send an e-mail about an account"), tasks.send_one, advice
            ),
            Task(SEND_DUE, _("Send the mail that is due"), tasks.send_due, advice),
        )

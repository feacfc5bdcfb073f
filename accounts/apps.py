from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = "Accounts"
    shown_to_no_visitor = frozenset(
        {
            "accounts.AddressProposal",
            "accounts.DeletionRequest",
            "accounts.Learner",
            "accounts.User",
        }
    )

    def ready(self):
        # The admin or a shell can delete an account without calling an action of ours.
        from django.db.models.signals import pre_delete  # noqa: TID251

        from accounts.actions import erasing
        from accounts.models import User
        from accounts.queries import people as queries
        from accounts.receivers import log_security_events, user_goes
        from accounts.register import (
            AccountHolding,
            Holding,
            register_account,
            register_holding,
        )

        register_holding(
            Holding(
                name="learner",
                description="When you first and last did something here",
                export=queries.learner_record,
            )
        )
        register_account(
            AccountHolding(
                name="account",
                description="Your e-mail address, your name (if you gave it) and your roles",
                export=queries.account_record,
                erase=erasing.blank_account,
            )
        )
        pre_delete.connect(user_goes, sender=User)
        log_security_events()
        self._register_retention()
        self._register_background_work()

    def _register_retention(self):
        from accounts.actions.retention import RetentionRule, add_retention_rule
        from accounts.queries.address_proposals import proposals_ended_before

        add_retention_rule(
            RetentionRule(
                "proposed addresses",
                "RETENTION_INVITATIONS_MONTHS",
                proposals_ended_before,
            )
        )

    def _register_background_work(self):
        import datetime as dt

        from django.utils.translation import gettext_lazy as _

        from accounts.actions.person_jobs import ErasingPerson, ExportingPerson
        from jobs.kinds import register_job_kinds
        from jobs.register import RecurringWork, register_recurring
        from jobs.rules import SUNDAY, Recurrence

        register_job_kinds(ErasingPerson(), ExportingPerson())
        register_recurring(
            RecurringWork(
                "purge_learners",
                _("Forget learners who have been idle"),
                Recurrence(at=dt.time(3, 15)),
            ),
            RecurringWork(
                "apply_retention",
                _("Delete old training records"),
                Recurrence(at=dt.time(3, 45), weekday=SUNDAY),
            ),
        )

from django.apps import AppConfig


class TeamsConfig(AppConfig):
    name = "training.teams"
    verbose_name = "Teams"
    shown_to_no_visitor = frozenset(
        {
            "teams.Invitation",
            "teams.JoinLink",
            "teams.Membership",
            "teams.RosterPart",
            "teams.Team",
        }
    )

    def ready(self):
        from accounts.actions.retention import add_retention_rule
        from accounts.events import address_proposal_ended
        from accounts.register import (
            AccountHolding,
            Holding,
            register_account,
            register_holding,
        )
        from jobs.kinds import register_job_kinds
        from training.teams.actions import forgetting
        from training.teams.actions.proposing import log_ended_proposal
        from training.teams.actions.roster_jobs import ApplyingRoster
        from training.teams.actions.roster_reviews import CheckingRoster
        from training.teams.queries import personal_record, retention

        register_holding(
            Holding(
                name="teams",
                description="Teams you belong to",
                export=personal_record.team_record,
                erase=forgetting.forget_member,
            )
        )
        register_account(
            AccountHolding(
                name="managed",
                description="Teams that name you as their manager",
                export=personal_record.managed_teams_record,
                erase=forgetting.forget_manager,
            )
        )
        address_proposal_ended.subscribe(log_ended_proposal)
        for rule in retention.RULES:
            add_retention_rule(rule)
        register_job_kinds(ApplyingRoster(), CheckingRoster())
        self._register_mail()

    def _register_mail(self):
        from mail.access import MailReaders, register_readers
        from mail.events import mail_bounced
        from mail.kinds import register_kinds
        from training.teams import access
        from training.teams.actions.failing_mail import notify_trainers
        from training.teams.kinds.failing_mail import FailingMail
        from training.teams.kinds.invitation import InvitationMail
        from training.teams.kinds.roster import RosterMail

        register_kinds(InvitationMail(), RosterMail(), FailingMail())
        mail_bounced.subscribe(notify_trainers)
        register_readers(
            MailReaders(
                may_enter=access.may_enter,
                seen_by=access.team_mail_seen_by,
                run_by=access.team_mail_run_by,
            )
        )

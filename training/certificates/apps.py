from django.apps import AppConfig


class CertificatesConfig(AppConfig):
    name = "training.certificates"
    verbose_name = "Certificates"

    def ready(self):
        from jobs.kinds import register_job_kinds
        from training.certificates.actions.evidence_jobs import PackingEvidence

        register_job_kinds(PackingEvidence())
        self._register_mail()

    def _register_mail(self):
        from mail.access import MailReaders, register_readers
        from mail.kinds import register_kinds
        from training.certificates import access
        from training.certificates.kinds.revoked import CertificateRevokedMail
        from training.teams.access import may_enter

        register_kinds(CertificateRevokedMail())
        register_readers(
            MailReaders(
                may_enter=may_enter,
                seen_by=access.certificate_mail_seen_by,
                run_by=access.certificate_mail_run_by,
            )
        )

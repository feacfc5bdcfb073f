from django.apps import AppConfig


class CertificatesConfig(AppConfig):
    name = "training.certificates"
    verbose_name = "Certificates"

    def ready(self):
        from jobs.kinds import register_job_kinds
        from training.certificates.actions.evidence_jobs import PackingEvidence

        register_job_kinds(PackingEvidence())

"""What trainers do to a certificate. Safe to call again."""

import datetime as dt

from django.db import transaction

from accounts.models import User
from progress.actions import certificates
from progress.models import Certificate
from training.teams import log


@transaction.atomic
def revoke_certificate(
    *, certificate: Certificate, reason: str, by: User, at: dt.datetime
) -> None:
    """Take the certificate back, and write down why. The learning stays as it is."""
    if certificates.revoke_certificate(
        certificate=certificate, reason=reason, by=by, at=at
    ):
        log.log_action(
            certificate,
            "training.certificate_revoked",
            learner=certificate.enrolment.learner,
            user=by,
            reason=reason,
        )


@transaction.atomic
def reissue_certificate(
    *, certificate: Certificate, reason: str, by: User, at: dt.datetime
) -> Certificate:
    """Return a certificate with a new number that says the same.

    Raises progress.actions.certificates.UnableToReissue where one has taken its place already.
    """
    again = certificates.reissue_certificate(
        certificate=certificate, reason=reason, by=by, at=at
    )
    log.log_action(
        again,
        "training.certificate_reissued",
        learner=again.enrolment.learner,
        user=by,
        reason=reason,
        replaced=certificate.serial,
    )
    return again

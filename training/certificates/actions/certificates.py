"""Trainers' actions on a certificate. Safe to call again."""

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
    """Revoke the certificate and record why. The learning record does not change."""
    if certificates.revoke_certificate(
        certificate=certificate, reason=reason, by=by, at=at
    ):
        log.log_action(
            certificate,
            "training.certificate_revoked",
            learner=certificate.enrolment.learner,
            user=by,
            reason=reason,
            **_names_of(certificate),
        )


@transaction.atomic
def reissue_certificate(
    *, certificate: Certificate, reason: str, by: User, at: dt.datetime
) -> Certificate:
    """Return a certificate with a new number and the same content.

    Raises progress.actions.certificates.UnableToReissue if it has already been
    replaced.
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
        **_names_of(again),
    )
    return again


def _names_of(certificate):
    """Return the facts by which people know it."""
    course = certificate.statement["course"]
    return {"course": course, "certificate": certificate.serial}

"""Actions on certificates after they are issued. Safe to call again."""

from datetime import datetime

from django.db import transaction

from accounts.actions.learners import lock_learners
from accounts.models import Learner, User
from progress.models import Certificate, new_serial

# Replaces a reason that may have named somebody.
ERASED = "erased"


class UnableToReissue(Exception):
    """The certificate has been replaced by a later one, or its holder erased."""


def show_name(*, certificate: Certificate, shows: bool) -> None:
    """Show or hide the holder's name when the certificate is checked."""
    Certificate.objects.filter(pk=certificate.pk).update(shows_name=shows)


@transaction.atomic
def revoke_certificate(
    *, certificate: Certificate, reason: str, by: User, at: datetime
) -> bool:
    """Revoke the certificate; return whether it was revoked now.

    A certificate revoked before keeps its first date and reason. One whose holder was
    erased gets none, because the reason may name them.
    """
    if not lock_learners([certificate.enrolment.learner_id]):
        return False
    return bool(
        Certificate.objects.filter(pk=certificate.pk, revoked_at=None).update(
            revoked_at=at, revoked_reason=reason, revoked_by=by
        )
    )


@transaction.atomic
def reissue_certificate(
    *, certificate: Certificate, reason: str, by: User, at: datetime
) -> Certificate:
    """Return a new certificate with a new number and the old one's content.

    The old one does not change, except that it is marked as replaced. Raises
    UnableToReissue if it was already replaced, or if its holder was erased.
    """
    if not lock_learners([certificate.enrolment.learner_id]):
        raise UnableToReissue
    row = Certificate.objects.filter(pk=certificate.pk, replaced_at=None)
    if not row.update(replaced_at=at):
        raise UnableToReissue
    return Certificate.objects.create(
        enrolment_id=certificate.enrolment_id,
        issued_at=at,
        statement=certificate.statement,
        valid_until=certificate.valid_until,
        shows_name=certificate.shows_name,
        replaces=certificate,
        issue_reason=reason,
        issued_by=by,
    )


def blank_certificates(learner: Learner, at: datetime) -> None:
    """Give the learner's certificates new, unseen numbers, and no name.

    Reasons may name people, so they are removed too.
    """
    for certificate in Certificate.objects.filter(enrolment__learner=learner):
        certificate.serial = new_serial()
        certificate.shows_name = False
        certificate.revoked_reason = certificate.revoked_reason and ERASED
        certificate.issue_reason = certificate.issue_reason and ERASED
        certificate.save()

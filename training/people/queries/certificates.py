"""The valid certificates of people chosen in the list."""

import datetime as dt
from collections.abc import Iterable

from accounts.models import User
from training.certificates.access import certificates_seen_by
from training.certificates.queries.certificates import (
    ShownCertificate,
    valid_certificates,
)
from training.people.queries.people import people_seen_by


def certificates_of_people(
    keys: Iterable[int], user: User, at: dt.datetime
) -> list[ShownCertificate]:
    """Return what these memberships' people have that is valid and the user may see."""
    people = people_seen_by(user).filter(pk__in=list(keys))
    seen = certificates_seen_by(user)
    theirs = seen.filter(enrolment__learner__in=people.order_by().values("learner"))
    return valid_certificates(theirs, at)

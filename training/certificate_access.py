"""Who sees whose certificates, and may revoke them."""

from django.db.models import Exists, OuterRef, QuerySet

from accounts.models import User
from progress.models import Certificate
from training.access import learners_run_by, may_oversee
from training.assignment_access import obligations_seen_by


def certificates_seen_by(user: User) -> QuerySet[Certificate]:
    """Certificates of what people were asked to learn, as far as the user sees that.

    A course that somebody took of their own accord is nobody else's business.
    """
    asked = obligations_seen_by(user).filter(
        learner=OuterRef("enrolment__learner"),
        assignment__course_key=OuterRef("enrolment__course_key"),
    )
    return Certificate.objects.filter(Exists(asked))


def certificates_run_by(user: User) -> QuerySet[Certificate]:
    """Certificates that the user may revoke or issue again.

    Those of people who left every team are for whoever oversees all.
    """
    seen = certificates_seen_by(user)
    if may_oversee(user):
        return seen
    return seen.filter(enrolment__learner__in=learners_run_by(user).values("pk"))

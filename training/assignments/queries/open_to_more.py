"""Assignments that more people can be asked for, one by one. Reads only."""

from django.db.models import Q, QuerySet

from accounts.models import User
from training.assignments.access import assignments_run_by
from training.assignments.models import Assignment


def assignments_open_to_more(user: User) -> QuerySet[Assignment]:
    """Return the current assignments to which the user may add people.

    One that asks only those who were in its teams when it was made is left out: to add
    somebody makes its audience anew, and so asks all who have joined since.
    """
    mine = assignments_run_by(user).filter(ended_at=None)
    return mine.filter(Q(later_joiners=True) | Q(teams=None)).distinct()

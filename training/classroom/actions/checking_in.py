"""Saying that one is present, with the code of the day. Safe to call again."""

import datetime as dt

from django.db import transaction

from accounts.actions.learners import lock_learners
from training.classroom.models import Attendance
from training.teams import log
from training.teams.models import Membership


@transaction.atomic
def check_in(*, attendance: Attendance, at: dt.datetime) -> None:
    """Note that the person entered the code; a trainer confirms it later.

    The first time counts. Nothing happens if the person has left the team that was
    invited, or was erased, in the meantime.
    """
    present = lock_learners([attendance.learner_id])
    rows = Membership.objects.current().filter(learner__in=present)
    membership = rows.filter(team=attendance.team_id).first()
    if membership is None:
        return
    unsaid = Attendance.objects.filter(pk=attendance.pk, present_at=None)
    if not unsaid.update(present_at=at):
        return
    log.log_action(
        membership,
        "training.checked_in",
        learner=attendance.learner,
        user=attendance.learner.user,
        held_on=attendance.session.held_on.isoformat(),
    )

"""Records of once, made in the database of a served site by its own shell."""

import datetime as dt
import uuid

import time_machine
from django.utils import timezone
from wagtail.log_actions import log

from accounts.models import Learner
from course.models import LessonPage
from mail.models import Message
from tests.clarity.answers import said
from tests.training.staff import a_member, a_team
from training.teams.actions.memberships import leave_team
from training.teams.models import Invitation

DAY = dt.timedelta(days=1)


def idle(*, days):
    """Make somebody without an account who did the last thing so many days ago."""
    for number in days:
        at = timezone.now() - number * DAY
        Learner.objects.create(token=uuid.uuid4(), created_at=at, last_active_at=at)


def old(*, months):
    """Make one of each kind that is a little older than its months, and one younger."""
    notices, invitations, evidence, entries, clarity = (
        number * 31 * DAY for number in months
    )
    with time_machine.travel(timezone.now() - 400 * DAY):
        team = a_team("Ward of once")
    for near in (-10 * DAY, 10 * DAY):
        now = timezone.now() + near
        _notice(team, now - notices)
        _invitation(team, now - invitations)
        _somebody(team, now - evidence)
        with time_machine.travel(now - entries):
            log(instance=team, action="training.exported")
        said(LessonPage.objects.first(), day=(now - clarity).date())


def _notice(team, at):
    Message.objects.create(
        kind="digest",
        recipient_key="user:1",
        topic_key=f"team:{at}",
        about=team,
        scheduled_for=at,
        created_at=at,
        state="sent",
        sent_at=at,
    )


def _invitation(team, at):
    Invitation.objects.create(
        team=team, learner=a_member(team), invited_at=at - DAY, expires_at=at
    )


def _somebody(team, at):
    with time_machine.travel(at - DAY, tick=False):
        learner = a_member(team)
    with time_machine.travel(at, tick=False):
        leave_team(team=team, learner=learner, at=at)

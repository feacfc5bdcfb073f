"""What runs inside the served site, by its own shell: invitations, and what was kept."""

import datetime as dt
import json
import sys
import time
import uuid

from django.db import connection
from django.db.models import Count
from django.utils import timezone

from mail.models import Message
from progress.models import Certificate, Enrolment
from quizzes.models import Answer, Attempt
from tests.factories import UserFactory
from tests.training.staff import a_team
from training.teams.actions.invitations import send_invitations
from training.teams.actions.memberships import join_team, learner_of
from training.teams.models import Membership, Team

NOON = dt.time(12)


def invite(*, rounds, people, rest):
    """Invite so many people to a team, again and again."""
    # Without quiet hours, in which no invitation would be sent.
    team = Team.objects.first() or a_team(quiet_from=NOON, quiet_until=NOON)
    for _round in range(rounds):
        at = timezone.now()
        learners = [_somebody(team, at) for _person in range(people)]
        send_invitations(team, learners, by=None, at=at)
        time.sleep(rest)


def _somebody(team, at):
    user = UserFactory(email=f"{uuid.uuid4().hex}@example.org")
    user.set_unusable_password()
    user.save()
    learner = learner_of(user=user, at=at)
    join_team(team=team, learner=learner, role=Membership.Role.MEMBER, at=at)
    return learner


def write_kept():
    """Write what the database holds, as JSON."""
    json.dump(
        {
            "answers": [
                str(key) for key in Answer.objects.values_list("client_uuid", flat=True)
            ],
            "messages": {
                str(key): state
                for key, state in Message.objects.values_list("uuid", "state")
            },
            "half_written": _half_written(),
        },
        sys.stdout,
    )


def _half_written():
    """Return what no action leaves behind when it is done or undone as a whole."""
    given = Count("answers__question_key", distinct=True)
    attempts = [
        (attempt, attempt.given >= len(attempt.asked))
        for attempt in Attempt.objects.annotate(given=given)
    ]
    found = [
        f"attempt {attempt.pk} is {attempt.state}, given {attempt.given} answers"
        for attempt, is_whole in attempts
        if attempt.given == 0
        or (attempt.state == Attempt.State.SUBMITTED and not is_whole)
        or (attempt.state == Attempt.State.OPEN and is_whole)
    ]
    completed = Enrolment.objects.exclude(completed_at=None)
    certified = Certificate.objects.values("enrolment")
    found += [
        f"enrolment {one.pk} has no certificate"
        for one in completed.exclude(pk__in=certified)
    ]
    return found + _broken_file()


def _broken_file():
    if connection.vendor != "sqlite":
        return []
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check")
        said = [row[0] for row in cursor.fetchall()]
        cursor.execute("PRAGMA foreign_key_check")
        return [word for word in said if word != "ok"] + [
            str(row) for row in cursor.fetchall()
        ]

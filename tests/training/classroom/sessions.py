"""How tests make classroom sessions, and what forms about them hold."""

import datetime as dt
import uuid

from django.utils import timezone

from progress.rules.days import day_in
from training.classroom.actions.sessions import create_session
from training.classroom.models import ClassroomSession
from training.classroom.queries.inviting import people_to_invite


def a_session(course, *teams, by, people=(), in_days=0, **fields):
    """Return a session of the teams, held in some days at nine."""
    at = timezone.now()
    zone = teams[0].time_zone if teams else "UTC"
    usual = {
        "course_key": course.translation_key,
        "held_on": day_in(at, zone) + dt.timedelta(days=in_days),
        "start_time": dt.time(9),
        "time_zone": zone,
        "place": "Seminar room 2",
        "taught_by": "Dr Ortega",
    }
    return create_session(
        session=ClassroomSession(**usual | fields),
        people=people_to_invite(teams, people, by),
        by=by,
        at=at,
    )


def url_of(session, page=""):
    return f"/admin/training/classroom/{session.pk}/{page}"


def door_of(session):
    """Return the address in the QR code, without the site."""
    return f"/my-learning/attend/{session.uuid}/"


def row_of(session, learner):
    return session.attendances.select_related("completion").get(learner=learner)


def tick(door, session, *learners, **more):
    """Send the ticks and return the preview."""
    came = [row_of(session, learner).pk for learner in learners]
    return door.post(url_of(session, "attendance/"), {"came": came} | more)


def confirm(door, session, *learners, **more):
    """Send the ticks, confirm the preview, and return the page of the session."""
    seen = tick(door, session, *learners).context["plan"].fingerprint
    came = [row_of(session, learner).pk for learner in learners]
    url, data = url_of(session, "attendance/"), {"came": came, "seen": seen}
    return door.post(url, data | more, follow=True)


def typed(course, *teams, **fields):
    """Return the form of a new session."""
    usual = {
        "course": str(course.translation_key),
        "teams": [team.pk for team in teams],
        "people": "",
        "held_on": str(timezone.localdate()),
        "start_time": "09:30",
        "place": "Seminar room 2",
        "taught_by": "Dr Ortega",
        "hours": "1.5",
        "key": str(uuid.uuid4()),
    }
    return usual | fields

"""The classroom sessions of one person, for a download; rows in plain values."""

from accounts.models import Learner
from training.assignments.queries.contents import titles_of
from training.teams.queries.personal_record import Record, moment_in_record


def session_record(learner: Learner) -> list[Record]:
    """Return the sessions that the learner was invited to, and whether they came."""
    rows = learner.attendances.select_related("session", "completion")
    found = list(rows.order_by("session__held_on", "pk"))
    titles = titles_of({row.session.course_key for row in found})
    return [_attendance(row, titles) for row in found]


def _attendance(row, titles):
    session, key = row.session, str(row.session.course_key)
    return {
        "course": titles.get(key, key),
        "held_on": session.held_on.isoformat(),
        "start_time": session.start_time.isoformat("minutes"),
        "time_zone": session.time_zone,
        "place": session.place,
        "taught_by": session.taught_by,
        "state": str(row.state.label),
        "entered_the_code": moment_in_record(row.present_at),
        "confirmed": moment_in_record(row.confirmed_at),
    }

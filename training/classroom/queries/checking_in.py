"""Whether somebody can say that they are present at a session. Reads only."""

import datetime as dt
import uuid
from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from accounts.models import Learner
from training.assignments.queries.contents import titles_of
from training.classroom.models import Attendance, ClassroomSession
from training.classroom.rules.check_in import check_in_closes
from training.teams.models import Membership


@dataclass(frozen=True)
class CheckIn:
    """A session as one person meets it; `attendance` is None if not invited.

    `step` says what the page says: one of the values of `AttendanceState`, or, for
    people who have not entered the code, of `CheckInState`.
    """

    session: ClassroomSession
    attendance: Attendance | None
    course: str
    step: str

    @property
    def closes_at(self) -> dt.datetime:
        return check_in_closes(self.session.held_on, self.session.time_zone)


def find_check_in(
    key: uuid.UUID, learner: Learner | None, at: dt.datetime
) -> CheckIn | None:
    """Return the session of this key for the person; None if there is none."""
    session = ClassroomSession.objects.filter(uuid=key).first()
    if session is None:
        return None
    attendance = _attendance(session, learner)
    if attendance is None:
        return CheckIn(session, None, "", "strange")
    title = titles_of([session.course_key]).get(str(session.course_key), "")
    return CheckIn(session, attendance, title, _step(session, attendance, at))


def _attendance(session, learner):
    """Return the person's row, as long as they are in the team that was invited."""
    current = Membership.objects.current().filter(
        team=OuterRef("team"), learner=OuterRef("learner")
    )
    rows = session.attendances.filter(Exists(current), learner=learner)
    return rows.select_related("completion", "session", "learner__user").first()


def _step(session, attendance, at):
    if attendance.present_at or attendance.confirmed_at:
        return attendance.state.value
    return session.check_in_state(at).value

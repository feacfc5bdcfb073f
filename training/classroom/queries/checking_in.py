"""Whether somebody can say that they are present at a session. Reads only."""

import datetime as dt
import uuid
from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from accounts.models import Learner
from progress.rules.days import A_DAY
from training.assignments.queries.contents import titles_of
from training.classroom.models import Attendance, ClassroomSession
from training.classroom.rules.check_in import CheckInState, check_in_closes
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
    attendance = _rows_of(learner).filter(session=session).first()
    if attendance is None:
        return CheckIn(session, None, "", "strange")
    title = titles_of([session.course_key]).get(str(session.course_key), "")
    return CheckIn(session, attendance, title, _step(session, attendance, at))


def check_ins_ahead(learner: Learner, at: dt.datetime) -> list[CheckIn]:
    """Return the person's sessions that are not over, the next one first.

    One query, and one more if there are any.
    """
    # A day earlier, since it is yesterday here while the code still works elsewhere.
    since = at.date() - A_DAY - A_DAY
    rows = _rows_of(learner).filter(session__held_on__gte=since)
    ordered = rows.order_by("session__held_on", "session__start_time", "pk")
    found = [
        row
        for row in ordered
        if row.session.check_in_state(at) is not CheckInState.OVER
    ]
    titles = titles_of({row.session.course_key for row in found}) if found else {}
    return [
        CheckIn(
            row.session,
            row,
            titles.get(str(row.session.course_key), ""),
            _step(row.session, row, at),
        )
        for row in found
    ]


def _rows_of(learner):
    """Return the person's rows in teams that they are in now."""
    current = Membership.objects.current().filter(
        team=OuterRef("team"), learner=OuterRef("learner")
    )
    rows = Attendance.objects.filter(Exists(current), learner=learner)
    return rows.select_related("completion", "session", "learner__user")


def _step(session, attendance, at):
    if attendance.present_at or attendance.confirmed_at:
        return attendance.state.value
    return session.check_in_state(at).value

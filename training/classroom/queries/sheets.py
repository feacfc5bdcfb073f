"""What stands on the sheet that people sign at a session. Reads only."""

from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse

from accounts.models import User
from training.assignments.queries.contents import titles_of
from training.classroom.access import attendances_run_by
from training.classroom.models import Attendance, ClassroomSession
from training.classroom.queries.sessions import people_invited
from training.classroom.wording import hours_in_words
from training.teams.models import Team

BLANK_LINES = 8


@dataclass(frozen=True)
class SignInSheet:
    """The sheet: what, where and when, who signs, and lines for others who come."""

    session: ClassroomSession
    course: str
    hours: str
    teams: list[Team]
    people: list[Attendance]

    @property
    def clinics(self) -> list[str]:
        """The names that the teams' people know, each once."""
        names = (team.sender_name for team in self.teams)
        return list(dict.fromkeys(filter(None, names)))

    @property
    def blanks(self) -> range:
        """The numbers of the lines for people who are not on the list."""
        first = len(self.people) + 1
        return range(first, first + BLANK_LINES)

    @property
    def address(self) -> str:
        """The URL at which people enter the code of the day."""
        return address_of_session(self.session)

    @property
    def letters(self) -> str:
        """All texts on it that somebody typed."""
        session = self.session
        names = [str(row.learner.user or "") for row in self.people]
        typed = [self.course, session.place, session.taught_by, *self.clinics]
        return "".join([*typed, *(team.name for team in self.teams), *names])


def address_of_session(session: ClassroomSession) -> str:
    """Return the full URL in the QR code, where people say that they are present."""
    return settings.SITE_URL + reverse("my_learning_attend", args=[session.uuid])


def sheet_of_session(session: ClassroomSession, user: User) -> SignInSheet:
    """Return the sheet with everybody whose attendance the user may confirm."""
    mine = attendances_run_by(user).filter(session=session)
    people = list(people_invited(mine))
    teams = {row.team_id: row.team for row in people}
    return SignInSheet(
        session=session,
        course=titles_of([session.course_key]).get(str(session.course_key), ""),
        hours=hours_in_words(session),
        teams=sorted(teams.values(), key=str),
        people=people,
    )

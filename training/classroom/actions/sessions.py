"""Creating and changing classroom sessions. Safe to call again."""

import datetime as dt
from collections.abc import Collection, Iterable, Sequence

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import User
from training.assignments.queries.contents import titles_of
from training.classroom.access import can_change_session
from training.classroom.models import Attendance, ClassroomSession
from training.teams import log
from training.teams.access import teams_run_by
from training.teams.models import Membership, Team

MOST_PEOPLE = 500
CHANGEABLE = ("course_key", "held_on", "start_time", "place", "taught_by", "hours")


class UnableToInviteToSession(Exception):
    """Nobody was invited. The text says why, and what to do."""


class UnableToChangeSession(Exception):
    """The session stays as it is. The text says why."""


@transaction.atomic
def create_session(
    *,
    session: ClassroomSession,
    people: Sequence[Membership],
    by: User,
    at: dt.datetime,
) -> ClassroomSession:
    """Create the session and invite the people, through these memberships.

    Its `uuid` comes from the form: submitted twice, it creates and returns one session.
    Raises UnableToInviteToSession if there are none or too many, or if `by` does not train them.
    """
    _check(people, by)
    session.created_at, session.created_by = at, by
    try:
        with transaction.atomic():
            session.save(force_insert=True)
    except IntegrityError:
        return _created_before(session, by)
    _invite(session, people)
    log_session("training.session_created", session, people, by=by)
    return session


def _created_before(session, by):
    """Return what the same form created; refuse the key of somebody else's."""
    made = ClassroomSession.objects.filter(uuid=session.uuid, created_by=by).first()
    if made is None:
        raise UnableToInviteToSession(_("Something has changed. Look again."))
    return made


@transaction.atomic
def change_session(*, session: ClassroomSession, by: User) -> None:
    """Save another course, day, time, place, teacher or length.

    On another day, nobody has entered the code yet: the log keeps who had on the first.
    Raises UnableToChangeSession once a completion was recorded, which names them, or if
    `by` does not train everybody who was invited.
    """
    stored = lock_session(session)
    rows = stored.attendances.all()
    if not can_change_session(by, session):
        raise UnableToChangeSession(_("You no longer train everybody on the list."))
    if rows.filter(completion__isnull=False).exists():
        raise UnableToChangeSession(_("Attendance was confirmed in the meantime."))
    session.save(update_fields=CHANGEABLE)
    if stored.held_on != session.held_on:
        rows.update(present_at=None)
    log_session("training.session_changed", session, rows, by=by)


@transaction.atomic
def change_invited(
    *,
    session: ClassroomSession,
    added: Sequence[Membership],
    removed: Collection[int],
    by: User,
) -> None:
    """Invite more people, through these memberships, and take learners off the list.

    Whoever entered the code or is confirmed stays. Raises UnableToInviteToSession if the list
    would be empty or too long, or if `by` does not train the people.
    """
    rows = lock_session(session).attendances
    open_rows = rows.filter(learner__in=removed, present_at=None, confirmed_at=None)
    open_rows = open_rows.filter(team__in=teams_run_by(by))
    gone = list(open_rows)
    known = set(rows.values_list("learner", flat=True))
    left = known - {row.learner_id for row in gone}
    new = [row for row in added if row.learner_id not in left]
    if new:
        _check(new, by, others=len(left))
    elif not left:
        raise UnableToInviteToSession(_("Leave somebody on the list."))
    open_rows.delete()
    _invite(session, new)
    if new or gone:
        log_session("training.session_changed", session, [*new, *gone], by=by)


def lock_session(session: ClassroomSession) -> ClassroomSession:
    """Return the session as it is stored, locked for the caller's transaction."""
    return ClassroomSession.objects.select_for_update().get(pk=session.pk)


def _check(people, by, others=0):
    if not people:
        raise UnableToInviteToSession(
            _("There is nobody in these teams. Add people first.")
        )
    if len(people) + others > MOST_PEOPLE:
        text = _("Too many people: the limit is %(most)d. Create several sessions.")
        raise UnableToInviteToSession(text % {"most": MOST_PEOPLE})
    teams = {row.team_id for row in people}
    if teams_run_by(by).filter(pk__in=teams, archived_at=None).count() < len(teams):
        raise UnableToInviteToSession(_("You no longer train one of these teams."))


def _invite(session, people):
    Attendance.objects.bulk_create(
        [
            Attendance(session=session, learner_id=row.learner_id, team_id=row.team_id)
            for row in people
        ],
        batch_size=500,
    )


def log_session(
    action: str,
    session: ClassroomSession,
    rows: Iterable[Membership | Attendance],
    *,
    by: User,
    **facts: dict[int, int],
) -> None:
    """Write an entry for each team of the rows; facts are counts by team id."""
    title = titles_of([session.course_key]).get(str(session.course_key), "")
    for team in Team.objects.filter(pk__in={row.team_id for row in rows}):
        counts = {name: found.get(team.pk, 0) for name, found in facts.items()}
        about = {"course": title, "held_on": session.held_on.isoformat()}
        log.log_action(team, action, user=by, **about, **counts)

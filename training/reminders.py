"""Which mail should there be now? Read from how obligations stand; writes nothing.

The planner asks about all obligations, the sender once more about those of a few
notices: what is not wanted any more is not sent. So the rule is here and only here.
"""

import datetime as dt
from collections.abc import Collection
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from accounts.models import User
from training import due
from training.models import (
    ExceptionEntry,
    Membership,
    Notice,
    Obligation,
    Pause,
    Status,
)
from training.models.teams import site_time_zone
from training.pausing import Span, after_pause
from training.queries import hand_overs
from training.to_do import to_do

Key = tuple[str, str, str, dt.datetime]
STEPS = (
    Notice.Kind.ASSIGNED,
    Notice.Kind.BEFORE,
    Notice.Kind.DUE_TODAY,
    Notice.Kind.OVERDUE,
)
# A weekly digest that could not be sent for longer is left out.
DIGEST_LATE = dt.timedelta(days=2)


def key_of(notice: Notice) -> Key:
    """Return what may be there once only."""
    return (
        notice.kind,
        notice.recipient_key,
        notice.subject_key,
        notice.scheduled_for,
    )


def about_obligations(
    obligations: QuerySet[Obligation], at: dt.datetime
) -> list[Notice]:
    """Return the reminder that each obligation wants now, unsaved, in two queries."""
    return _reminders(list(to_do(obligations, at)), obligations, at)


def _reminders(rows, obligations, at):
    """Return the reminder that each of the rows wants, all of them `obligations`.

    Who handed theirs over is left in peace; the deputy hears of it instead.
    """
    deputies = hand_overs(obligations.values("pk"), at)
    pauses = _pauses([row.pk for row in rows if row.moved_due_at])
    found = (
        _reminder(row, deputies.get(row.pk), pauses.get(row.pk, []), at) for row in rows
    )
    return [notice for notice in found if notice]


def _pauses(obligations):
    """Return obligation id → the pauses that it had. No query where none had any."""
    found: dict[int, list[Span]] = {}
    for pause in (
        Pause.objects.filter(obligation__in=obligations) if obligations else ()
    ):
        found.setdefault(pause.obligation_id, []).append(pause.span)
    return found


def _reminder(
    row: Obligation,
    entry: ExceptionEntry | None,
    pauses: Collection[Span],
    at: dt.datetime,
) -> Notice | None:
    user, told_from = _whom(row, entry)
    told_from = after_pause(max(told_from, row.opens_at), pauses)
    step = due.step_now(
        due.Cycle(row.opens_at, row.effective_due_at),
        tuple(row.assignment.remind_days_before),
        row.time_zone,
        told_from,
        at,
    )
    if step is None:
        return None
    return Notice(
        kind=step.kind,
        recipient=user,
        recipient_key=f"user:{user.pk}",
        subject_key=f"obligation:{row.pk}",
        obligation=row,
        team=row.team,
        scheduled_for=due.start_of_day(step.day, row.time_zone),
        created_at=at,
        why=_why(row, step, user),
    )


def _whom(row, entry):
    """Return who is told, and since when it concerns them."""
    user = entry and entry.deputy.user
    if user and user.is_active:
        return user, entry.starts_at
    return row.learner.user, row.created_at


def _why(row, step, user):
    is_extended = row.effective_due_at != (row.moved_due_at or row.due_at)
    return {
        "assignment": row.assignment.title,
        "due": row.effective_due_at.isoformat(),
        "days": step.days,
        "extended": is_extended,
        "paused": 0 if is_extended else row.days_added,
        "deputy": user != row.learner.user,
    }


def all_clears(at: dt.datetime) -> list[Notice]:
    """Return a notice for each who was told that it is overdue and who has done it."""
    told = Notice.objects.filter(kind=Notice.Kind.ALL_CLEAR).filter(
        obligation=OuterRef("obligation"), recipient=OuterRef("recipient")
    )
    recently = at - dt.timedelta(days=due.STALE_DAYS)
    overdue = Notice.objects.filter(
        ~Exists(told),
        kind=Notice.Kind.OVERDUE,
        state=Notice.State.SENT,
        recipient__is_active=True,
        obligation__satisfied_at__gte=recently,
    ).select_related("obligation__assignment", "obligation__team", "recipient")
    once = {(notice.obligation_id, notice.recipient_id): notice for notice in overdue}
    return [_all_clear(notice, at) for notice in once.values()]


def _all_clear(notice, at):
    row = notice.obligation
    return Notice(
        kind=Notice.Kind.ALL_CLEAR,
        recipient=notice.recipient,
        recipient_key=notice.recipient_key,
        subject_key=notice.subject_key,
        obligation=row,
        team=row.team,
        scheduled_for=row.satisfied_at,
        created_at=at,
        why={
            "assignment": row.assignment.title,
            "done": row.satisfied_at.isoformat(),
        },
    )


def is_long_overdue(row: Obligation, at: dt.datetime) -> bool:
    """Return whether the assignment wants the team's manager told of this by now."""
    after, zone, team = row.assignment.escalate_after_days, row.time_zone, row.team
    if after is None or team is None or team.archived_at:
        return False
    return due.on_day_after(row.effective_due_at, after, zone) <= due.day_in(at, zone)


def long_overdue(
    obligations: QuerySet[Obligation], at: dt.datetime
) -> list[Obligation]:
    """Return what the managers of teams are to be told of, in one query."""
    behind = to_do(obligations, at).filter(
        status=Status.OVERDUE, assignment__escalate_after_days__isnull=False
    )
    return [row for row in behind if is_long_overdue(row, at)]


def _escalations(behind, at):
    """Return a notice to the team's manager for each assignment, team and day.

    Who crosses the line on the same day stands in the same mail.
    """
    recent = dt.timedelta(days=due.STALE_DAYS)
    notices = [
        _escalation(row, at)
        for row in behind
        if is_long_overdue(row, at) and row.team.manager_email
    ]
    once = {key_of(n): n for n in notices if at - n.scheduled_for <= recent}
    return list(once.values())


def _escalation(row, at):
    after = row.assignment.escalate_after_days
    day = due.on_day_after(row.effective_due_at, after, row.time_zone)
    return Notice(
        kind=Notice.Kind.ESCALATION,
        address=row.team.manager_email,
        recipient_key=f"manager:{row.team_id}",
        subject_key=f"assignment:{row.assignment_id}",
        team=row.team,
        scheduled_for=due.start_of_day(day, row.time_zone),
        created_at=at,
        why={"assignment": row.assignment.title, "days": after},
    )


def _digests(behind, at):
    """Return this week's notice for each trainer in whose teams somebody is behind."""
    monday = due.start_of_day(due.last_monday(at, site_time_zone()), site_time_zone())
    teams = {row.team_id for row in behind if row.team_id}
    if at - monday > DIGEST_LATE or not teams:
        return []
    trainers = User.objects.filter(
        is_active=True, learner__memberships__in=trainers_in(team__in=teams)
    )
    return [
        Notice(
            kind=Notice.Kind.DIGEST,
            recipient=user,
            recipient_key=f"user:{user.pk}",
            subject_key="teams",
            scheduled_for=monday,
            created_at=at,
        )
        for user in trainers.distinct()
    ]


def trainers_in(**which: Any) -> QuerySet[Membership]:
    """Return who trains now, in the memberships that fit."""
    in_role = Membership.objects.current().filter(role=Membership.Role.TRAINER)
    return in_role.filter(**which)


def wanted(at: dt.datetime) -> list[Notice]:
    """Return every notice that should be there now, unsaved, in a few queries.

    How obligations stand is asked once: it is the dearest question of all.
    """
    everything = Obligation.objects.all()
    rows = list(to_do(everything, at))
    behind = [row for row in rows if row.status == Status.OVERDUE]
    return [
        *_reminders(rows, everything, at),
        *all_clears(at),
        *_escalations(behind, at),
        *_digests(behind, at),
    ]


def attach_standing(notices: Collection[Notice], at: dt.datetime) -> None:
    """Give each reminder of a step, as `standing`, its notice as it would be now.

    None where it is not wanted any more. Two queries for any number.
    """
    about = {n.obligation_id for n in notices if n.kind in STEPS and n.obligation_id}
    rows = Obligation.objects.filter(pk__in=about)
    fresh: dict[Key, Notice] = (
        {key_of(notice): notice for notice in about_obligations(rows, at)}
        if about
        else {}
    )
    for notice in notices:
        notice.standing = fresh.get(key_of(notice))

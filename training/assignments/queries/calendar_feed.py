"""The calendar that staff subscribe to: their own dates, and their teams' counts."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.db.models import Count, F
from django.urls import reverse
from django.utils.translation import ngettext
from icalendar import Event

from accounts.models import Learner, User
from training.assignments.models import TO_DO, Obligation, Status
from training.assignments.queries.calendar_entries import (
    CALLED_OFF_DAYS,
    calendar_with,
    dated_obligations,
    entries_of,
)
from training.assignments.queries.to_do import still_asked
from training.assignments.rules import due
from training.teams.queries.teams import trainers_in


@dataclass(frozen=True, order=True)
class TeamDate:
    """How many people of a team still have to do something by a day. Names nobody."""

    day: dt.date
    team_name: str
    title: str
    team: int
    assignment: int
    people: int


def calendar_feed(user: User, at: dt.datetime, site_url: str) -> bytes:
    """Return the user's due dates, and counts for the teams they train, as a calendar.

    Twelve queries at most, however many people there are.
    """
    learner = Learner.objects.filter(user=user).first()
    rows = dated_obligations(learner, at)
    own = entries_of(rows, at, site_url).values() if rows else []
    teams = [_team_event(each, at, site_url) for each in team_dates(user, at)]
    return calendar_with([*own, *teams])


def team_dates(user: User, at: dt.datetime) -> list[TeamDate]:
    """Return what people in the user's teams still have to do, by day."""
    teams = trainers_in(learner__user=user).values("team")
    since = at - dt.timedelta(days=CALLED_OFF_DAYS)
    rows = still_asked(Obligation.objects.unsatisfied().filter(team__in=teams))
    dated = rows.with_status(at).filter(
        status__in=(*TO_DO, Status.UPCOMING), effective_due_at__gte=since
    )
    counted: Counter[TeamDate] = Counter()
    for row in (
        dated.values("team", "assignment", "effective_due_at", "time_zone")
        .annotate(name=F("team__name"), title=F("assignment__title"), n=Count("pk"))
        .order_by()
    ):
        day = due.day_in(row["effective_due_at"], row["time_zone"])
        facts = (day, row["name"], row["title"], row["team"], row["assignment"])
        counted[TeamDate(*facts, people=0)] += row["n"]
    return sorted(
        TeamDate(**vars(each) | {"people": people}) for each, people in counted.items()
    )


def _team_event(each: TeamDate, at: dt.datetime, site_url: str) -> Event:
    event = Event()
    key = f"team-{each.team}-assignment-{each.assignment}-{each.day}"
    event.add("uid", f"{key}@{urlsplit(site_url).hostname}")
    event.add("dtstamp", at)
    event.add("dtstart", each.day)
    event.add("dtend", each.day + dt.timedelta(days=1))
    event.add("summary", _summary(each))
    event.add("url", f"{site_url}{reverse('teams:inspect', args=[each.team])}")
    # It does not block time in the calendar.
    event.add("transp", "TRANSPARENT")
    return event


def _summary(each: TeamDate) -> str:
    words = ngettext(
        "Due: %(title)s, %(team)s (%(n)d person)",
        "Due: %(title)s, %(team)s (%(n)d people)",
        each.people,
    )
    return words % {"title": each.title, "team": each.team_name, "n": each.people}

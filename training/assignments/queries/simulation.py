"""What would happen if an assignment were saved as it is. Reads only."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from itertools import groupby, islice
from typing import Any

from dateutil.relativedelta import relativedelta
from django.db.models import Case, QuerySet, When
from django.utils.translation import gettext as _

from accounts.models import Learner
from training.assignments.models import Assignment, Obligation
from training.assignments.queries.learning import AskedLearner, audience_of
from training.assignments.queries.quiz_pauses import quizzes_now
from training.assignments.queries.revisions import Revision, renewal_of, revisions_by
from training.assignments.rules import due, forecast
from training.teams.models import Membership, Team, site_time_zone
from training.teams.queries.teams import team_time_zones

NUMBER_OF_CYCLES = 3
# Further groups are only counted: nobody compares fifty columns of dates.
GROUPS_SHOWN = 6


@dataclass(frozen=True)
class CycleGroup:
    """People with the same dates, and the due dates of their next cycles."""

    people: int
    if_on_time: tuple[dt.date, ...]
    if_promptly: tuple[dt.date, ...]


@dataclass(frozen=True)
class Month:
    """The messages in one month, each with the number of people concerned."""

    first: dt.date
    lines: list[tuple[forecast.ForecastMail, int]]


@dataclass(frozen=True)
class Simulation:
    """Who is asked and who is not, the due dates, the recurrence and the mail."""

    given: dict[Team | None, list[Learner]]
    left_out: dict[str, list[Learner]]
    groups: list[CycleGroup]
    groups_more: int
    months: list[Month]
    trainers: int
    revisions: list[Revision]
    withdrawn: list[Learner]
    pauses_on: dt.date | None = None

    @property
    def total(self) -> int:
        return sum(len(people) for people in self.given.values())


def simulate_assignment(
    rule: Assignment,
    *,
    teams: Collection[Team],
    people: QuerySet[Learner],
    running_too: bool,
    rules: forecast.ForecastRules,
    at: dt.datetime,
) -> Simulation:
    """Return what a new or changed rule would mean for these people.

    `rules` come from the kinds of mail (`kinds.steps.forecast_rules`). The number of
    queries does not depend on the number of people.
    """
    asked = _asked(rule, teams, people, at)
    before = Assignment.objects.get(pk=rule.pk) if rule.pk else None
    revised = revisions_by(before, rule, asked) if before and running_too else []
    starts = _starts(rule, asked, revised, at)
    named = _named(asked)
    groups = _groups(rule, starts, at)
    roles = _roles(teams)
    trainers = sum(role == Membership.Role.TRAINER for role in roles.values())
    today = due.day_in(at, site_time_zone())
    pauses_on = _pauses_on(rule)
    # Nobody knows how long a pause will last, so nothing after it is forecast.
    until = min(today + relativedelta(years=1), pauses_on - dt.timedelta(days=1))
    ahead = forecast.Forecast(rule.timing, rule.mailing, rules, today, until)
    return Simulation(
        given=_by_team(asked.values(), teams, named),
        left_out=_left_out(roles, people, asked),
        groups=groups[:GROUPS_SHOWN],
        groups_more=len(groups[GROUPS_SHOWN:]),
        months=_months(starts, ahead),
        trainers=trainers if starts else 0,
        revisions=revised,
        withdrawn=_withdrawn(rule, asked),
        pauses_on=pauses_on if pauses_on <= today + relativedelta(years=1) else None,
    )


def _pauses_on(rule) -> dt.date:
    """Return the first day on which a quiz required by the rule is paused."""
    audience_now = set(rule.lesson_keys)
    last_days = [
        quiz.last_day
        for quiz in quizzes_now([rule.course_key])
        if not audience_now or quiz.key in audience_now
    ]
    return min(last_days, default=dt.date.max - dt.timedelta(days=1)) + dt.timedelta(
        days=1
    )


def _asked(rule, teams, people, at) -> dict[int, AskedLearner]:
    rows = audience_of(
        teams=Team.objects.filter(pk__in=[team.pk for team in teams]),
        people=people,
        since=rule.audience_changed_at,
        created_at=rule.created_at or at,
    )
    if rule.later_joiners or not rule.pk:
        return {row.learner: row for row in rows}
    known = set(rule.obligations.values_list("learner", flat=True))
    since = rule.audience_since
    return {r.learner: r for r in rows if r.learner in known or r.joined_at <= since}


def _starts(rule, asked, revised, at) -> list[forecast.Start]:
    """Return where each person starts, leaving out those with nothing to come."""
    rows = rule.obligations.newest_cycle() if rule.pk else Obligation.objects.none()
    known = {row.learner_id: row for row in rows}
    cycles = {each.obligation.learner_id: each.cycle for each in revised}
    zone_of = team_time_zones()
    found = []
    for key, who in asked.items():
        if key in known:
            start = _start_known(rule, known[key], cycles.get(key), at)
        else:
            zone = zone_of[who.team]
            joined = max(who.joined_at, at) if rule.pk else who.joined_at
            start = forecast.Start(due.first_cycle(rule.timing, joined, zone), zone)
        if start:
            found.append(start)
    return found


def _start_known(rule, row, cycle, at):
    if row.satisfied_at is None:
        return forecast.Start(
            cycle or due.Cycle(row.opens_at, row.moved_due_at or row.due_at),
            row.time_zone,
            renews=row.cycle > 1,
            notified_on=_notified_on(row, at),
        )
    following = renewal_of(rule, row, at)
    return following and forecast.Start(following, row.time_zone, renews=True)


def _notified_on(row, at):
    if row.opens_at > at:
        return None
    return due.day_in(max(row.opens_at, row.created_at), row.time_zone)


def _named(asked):
    people = Learner.objects.filter(pk__in=list(asked)).select_related("user")
    return {person.pk: person for person in people}


def _by_team(asked, teams, named):
    found: dict[Any, list[Learner]] = defaultdict(list)
    known = {team.pk: team for team in teams}
    for row in asked:
        found[known.get(row.team)].append(named[row.learner])
    for people in found.values():
        people.sort(key=lambda person: str(person.user).lower())
    return dict(sorted(found.items(), key=lambda item: item[0].name if item[0] else ""))


def _roles(teams) -> dict[Learner, str]:
    """Return the roles of everybody in the teams who has an account."""
    rows = (
        Membership.objects.current()
        .filter(team__in=teams, learner__user__isnull=False)
        .select_related("learner__user")
        # Somebody who trains one team and learns in another counts as a trainer.
        .order_by(Case(When(role=Membership.Role.TRAINER, then=1), default=0), "pk")
    )
    return {row.learner: row.role for row in rows}


def _left_out(roles, people, asked):
    """Return reason → people in the teams who are not asked."""
    reasons = dict.fromkeys(people.select_related("user"), "") | roles
    found = defaultdict(list)
    for person, role in reasons.items():
        if person.pk not in asked:
            found[_reason(role, person)].append(person)
    return dict(found)


def _reason(role, learner):
    if role == Membership.Role.TRAINER:
        return _("trains the team")
    if role == Membership.Role.OBSERVER:
        return _("observes the team")
    if not (learner.user and learner.user.is_active):
        return _("has no account, or a closed one")
    return _("joined after it was assigned")


def _groups(rule, starts, at) -> list[CycleGroup]:
    alike: Counter[tuple[tuple[dt.date, ...], ...]] = Counter()
    for start, number in Counter(starts).items():
        days = [_due_days(rule, start, at, promptly=each) for each in (False, True)]
        alike[tuple(days)] += number
    return [CycleGroup(number, *days) for days, number in alike.most_common()]


def _due_days(rule, start, at, *, promptly):
    today = due.day_in(at, start.zone)
    turns = forecast.forecast_cycles(rule.timing, start, today, promptly=promptly)
    found = islice(turns, NUMBER_OF_CYCLES)
    return tuple(due.day_in(cycle.due_at, start.zone) for cycle in found)


def _months(starts, ahead) -> list[Month]:
    """Return the messages of these months, month by month."""
    lines = ahead.count_mails(starts)
    by_month = groupby(lines, key=lambda line: line[0].day.replace(day=1))
    return [Month(first, list(group)) for first, group in by_month]


def _withdrawn(rule, asked):
    """Return people who are asked now and no longer would be."""
    if not rule.pk:
        return []
    rows = rule.obligations.unsatisfied().select_related("learner__user")
    return [row.learner for row in rows if row.learner_id not in asked]

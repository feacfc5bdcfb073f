"""Every report once more from raw rows, at five moments of two years.

Nothing here asks the code of the reports: rows are read as they lie in the database, and
what a report must say is worked out by hand-written loops.
"""

import calendar
import datetime as dt
from collections import defaultdict
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format

from course.models import CoursePage, LessonPage
from progress.models import Enrolment, LessonProgress
from tests.factories import a_course, lessons_of
from tests.quizzes.answering import answer_all
from tests.training.moments import START, clock_at, days
from tests.training.reading import csv_rows
from tests.training.staff import a_member, a_team, a_trainer, an_assignment
from training.assignments.actions.obligations import reconcile_obligations
from training.assignments.models import ExceptionEntry, Obligation, Pause
from training.teams.actions.memberships import leave_team

pytestmark = pytest.mark.django_db

MOMENTS = (20, 100, 345, 400, 700)
# Who does the whole course on which days; the rest is said below.
DONE = {"Early": (10, 350, 690), "Late": (60,), "Leaver": (12,), "Joiner": (110,)}

clock = clock_at(START)


class World:
    """A team that is asked for a course every year, and two years of its life."""

    def __init__(self, clock):
        self.clock = clock
        self.team = a_team("Ward 3")
        self.course = a_course(lessons=2, questions=2)
        # Two years on, its quizzes would rest.
        for page in (CoursePage, LessonPage):
            page.objects.update(next_check=dt.date(2032, 1, 1))
        names = ("Early", "Late", "Leaver", "Never", "Begun", "Waived")
        self.people = {name: a_member(self.team, last_name=name) for name in names}
        self.assignment = an_assignment(
            self.course,
            self.team,
            recurs_every_months=12,
            recurs_from="completion",
            window_days=30,
        )
        self.trainer = a_trainer(self.team)

    def live_until(self, last, since):
        for day in range(since + 1, last + 1):
            deeds = [name for name, done in DONE.items() if day in done]
            if not (deeds or day in (3, 5, 99, 200) or day % 30 == 0 or day == last):
                continue
            self.clock.move_to(days(day))
            reconcile_obligations(at=timezone.now())
            self.exceptional(day)
            for name in deeds:
                for lesson in lessons_of(self.course):
                    again = LessonProgress.objects.filter(
                        enrolment__learner=self.people[name], enrolment__cycle__gt=1
                    ).exists()
                    answer_all(lesson, self.people[name], "Right", "Right", again=again)
            reconcile_obligations(at=timezone.now())

    def exceptional(self, day):
        at = timezone.now()
        if day == 3:
            answer_all(lessons_of(self.course)[0], self.people["Begun"], "Right", None)
        if day == 5:
            ExceptionEntry.objects.create(
                obligation=self.people["Waived"].obligations.get(),
                kind=ExceptionEntry.Kind.WAIVER,
                reason="On leave",
                starts_at=at,
                ends_at=days(80),
                created_at=at,
            )
        if day == 99:
            self.people["Joiner"] = a_member(self.team, last_name="Joiner")
        if day == 200:
            leave_team(team=self.team, learner=self.people["Leaver"], at=at)


def raw_cycles():
    """Return learner id → the raw rows of their obligations, in order."""
    found = defaultdict(list)
    for row in Obligation.objects.order_by("cycle").values():
        found[row["learner_id"]].append(row)
    return found


def is_waived(row, at):
    return any(
        entry["obligation_id"] == row["id"]
        and entry["starts_at"] <= at
        and (entry["ends_at"] is None or entry["ends_at"] > at)
        for entry in ExceptionEntry.objects.values()
    )


def is_paused(row, at):
    return any(
        pause["obligation_id"] == row["id"]
        and pause["starts_at"] <= at
        and (pause["ends_at"] is None or pause["ends_at"] > at)
        for pause in Pause.objects.values()
    )


def has_left(world, learner_id, at):
    gone = learner_id == world.people["Leaver"].pk
    return gone and at >= days(200)


def holds(row, at):
    done, until = row["satisfied_at"], row["expires_at"]
    return bool(done and done <= at and (until is None or at <= until))


def month_line(world, month, at):
    """Return one row of “Completion over time”, counted row by row."""
    last = calendar.monthrange(month.year, month.month)[1]
    zone = ZoneInfo(settings.TIME_ZONE)
    end = dt.datetime(month.year, month.month, last, 23, 59, 59, tzinfo=zone)
    moment = min(end, at)
    asked = in_date = paused = ever = done = 0
    for learner, rows in raw_cycles().items():
        for row in rows:
            when = row["satisfied_at"]
            if when and when <= at:
                local = when.astimezone(zone)
                done += (local.year, local.month) == (month.year, month.month)
        opened = [row for row in rows if row["opens_at"] <= moment]
        if not opened or has_left(world, learner, moment):
            continue
        newest = opened[-1]
        finished = newest["satisfied_at"] and newest["satisfied_at"] <= moment
        withdrawn = newest["withdrawn_at"] and newest["withdrawn_at"] <= moment
        if not finished and (withdrawn or is_waived(newest, moment)):
            continue
        asked += 1
        is_in_date = any(holds(row, moment) for row in opened)
        in_date += is_in_date
        paused += not (is_in_date or finished) and is_paused(newest, moment)
        ever += any(r["satisfied_at"] and r["satisfied_at"] <= moment for r in opened)
    return [
        date_format(month, "YEAR_MONTH_FORMAT"),
        # Nobody did anything elsewhere.
        *map(str, (done, asked, in_date, 0, paused, ever)),
        f"{100 * in_date / asked:.0f}%",
    ]


def completion_by_hand(world, at):
    first, lines = START.date().replace(day=1), []
    month = first
    while month <= at.date():
        lines.append(month_line(world, month, at))
        month = (month + dt.timedelta(days=32)).replace(day=1)
    return lines[-24:]


def late_by_hand(world, at, *, soon):
    """Return (last name, is overdue) of what is overdue, or due within 14 days."""
    names = {learner.pk: name for name, learner in world.people.items()}
    found = set()
    for learner, rows in raw_cycles().items():
        for row in rows:
            is_open = not (row["satisfied_at"] or row["withdrawn_at"])
            if not is_open or is_waived(row, at) or row["opens_at"] > at:
                continue
            if row["due_at"] < at + dt.timedelta(days=14 if soon else 0):
                found.add((names[learner], row["due_at"] < at))
    return found


def matrix_by_hand(world, at):
    """Return last name → the words in the cells of the two lessons."""
    found = {}
    for name, learner in world.people.items():
        if has_left(world, learner.pk, at):
            continue
        rows = [r for r in raw_cycles()[learner.pk] if r["withdrawn_at"] is None]
        newest, before = rows[-1], rows[:-1]
        enrolment = Enrolment.objects.filter(learner=learner).order_by("-cycle").first()
        progress = {
            str(row["lesson_key"]): row
            for row in LessonProgress.objects.filter(enrolment=enrolment).values()
        }
        found[name] = [
            cell_by_hand(newest, before, progress.get(str(lesson.translation_key)), at)
            for lesson in lessons_of(world.course)
        ]
    return found


def cell_by_hand(newest, before, progress, at):
    if newest["satisfied_at"]:
        return "done" if holds(newest, at) else "expired"
    if is_waived(newest, at):
        return "waived"
    if progress and progress["passed_at"]:
        return "done"
    if progress:
        return "in progress"
    if any(holds(row, at) for row in before):
        return "in date, renewal due"
    return "expired" if before else "not started"


def drop_off_by_hand(world, at):
    """Return how many reached each of: asked, two lessons, finished."""
    keys = [lesson.translation_key for lesson in lessons_of(world.course)]
    reached = [0, 0, 0, 0]
    for learner, all_rows in raw_cycles().items():
        rows = [row for row in all_rows if row["withdrawn_at"] is None]
        if not rows:
            continue
        step = 0
        if any(
            holds(r, at) or (is_waived(r, at) and not r["satisfied_at"]) for r in rows
        ):
            step = 3
        else:
            enrolment = (
                Enrolment.objects.filter(learner=learner).order_by("-cycle").first()
            )
            for row in LessonProgress.objects.filter(enrolment=enrolment).values():
                step = max(step, keys.index(row["lesson_key"]) + 1)
        for place in range(step + 1):
            reached[place] += 1
    return [str(count) for count in reached]


def last_names(rows):
    return {row[0].split()[-1] for row in rows[1:]}


@pytest.mark.sweep
def test_each_report_says_what_the_rows_say_at_five_moments(client, clock):
    world, since = World(clock), 0
    for day in MOMENTS:
        world.live_until(day, since)
        since, at = day, timezone.now()
        client.force_login(world.trainer)
        assert csv_rows(client, "completion")[1:] == completion_by_hand(world, at), day
        behind = csv_rows(client, "behind")
        status = behind[0].index("Status")
        assert {
            (row[0].split()[-1], row[status] == "overdue") for row in behind[1:]
        } == late_by_hand(world, at, soon=True), day
        overdue = {name for name, _late in late_by_hand(world, at, soon=False)}
        assert last_names(csv_rows(client, "overdue")) == overdue, day
        assert {
            row[0].split()[-1]: row[1:] for row in csv_rows(client, "matrix")[1:]
        } == matrix_by_hand(world, at), day
        drop_off = [row[1] for row in csv_rows(client, "drop_off")[1:]]
        assert drop_off == drop_off_by_hand(world, at), day


@pytest.mark.sweep
def test_the_five_moments_tell_the_three_numbers_apart(client, clock):
    world = World(clock)
    world.live_until(400, 0)
    client.force_login(world.trainer)
    *_others, newest = csv_rows(client, "completion")
    _month, _done, asked, in_date, _elsewhere, paused, ever, _share = newest
    # Asked: all but who left. In date: Early, Late (until day 425) and Joiner.
    assert (asked, in_date, paused, ever) == ("6", "3", "0", "3")
    clock.move_to(days(440))
    reconcile_obligations(at=timezone.now())
    client.force_login(world.trainer)
    *_others, newest = csv_rows(client, "completion")
    assert [newest[n] for n in (2, 3, 5, 6)] == ["6", "2", "0", "3"]

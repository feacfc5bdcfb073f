"""How many people were in date each month, and where people stop in a course."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from dateutil.relativedelta import relativedelta
from django.db.models import Case, IntegerField, Max, QuerySet, Value, When
from django.utils import timezone

from course.models import CoursePage
from progress.models import LessonProgress
from progress.rules.days import end_of_day
from training.assignments.models import Obligation, Status
from training.reports.queries.dated_cycles import cycles_of
from training.reports.rules import drop_off, in_date

MOST_MONTHS = 24


@dataclass(frozen=True)
class MonthLine:
    """What was done in a month, and how many people were in date on its last day.

    For the current month, that day is today. `paused` are people not in date who could
    not do it because a quiz was paused; `elsewhere` are people in date by what they
    completed elsewhere.
    """

    month: dt.date
    done: int
    asked: int
    in_date: int
    elsewhere: int
    paused: int
    ever_finished: int
    share: float


@dataclass(frozen=True)
class StepLine:
    """How many people reached a step, and how many fewer than the step before."""

    step: str
    people: int
    fewer: int
    asked: int
    is_largest_drop: bool

    @property
    def share(self) -> float:
        return self.people / self.asked if self.asked else 0.0


def completion_months(rows: QuerySet[Obligation], at: dt.datetime) -> list[MonthLine]:
    """Return the months up to the current one, at most two years; six queries.

    People are counted once per assignment, among those asked on that day.
    """
    pairs = list(cycles_of(rows).values())
    opened = [cycle.opens_at for cycles in pairs for cycle in cycles]
    if not opened or min(opened) > at:
        return []
    first = timezone.localdate(min(opened)).replace(day=1)
    present = timezone.localdate(at).replace(day=1)
    done = _done_by_month(pairs, at)
    lines = []
    for month in _months(first, present):
        moment = at if month == present else _end_of_month(month)
        found = in_date.in_date_figures(pairs, moment)
        lines.append(
            MonthLine(
                month=month,
                done=done[month],
                asked=found.asked,
                in_date=found.in_date,
                elsewhere=found.elsewhere,
                paused=found.paused,
                ever_finished=found.ever_finished,
                share=found.share,
            )
        )
    return lines


def _done_by_month(pairs, at) -> Counter[dt.date]:
    moments = (cycle.satisfied_at for cycles in pairs for cycle in cycles)
    return Counter(
        timezone.localdate(moment).replace(day=1)
        for moment in moments
        if moment and moment <= at
    )


def _end_of_month(month: dt.date) -> dt.datetime:
    last = month + relativedelta(months=1, days=-1)
    return end_of_day(last, timezone.get_current_timezone_name())


def _months(first: dt.date, last: dt.date) -> list[dt.date]:
    first = max(first, last - relativedelta(months=MOST_MONTHS - 1))
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    return [first + relativedelta(months=number) for number in range(count)]


def drop_off_lines(
    rows: QuerySet[Obligation],
    course: CoursePage,
    lessons: Mapping[str, str],
    labels: tuple[str, str],
    at: dt.datetime,
) -> list[StepLine]:
    """Return how many of those asked to do the course reached each lesson and the end.

    `lessons` maps lesson key → title in teaching order; `labels` name the first and
    last steps. People have finished if they are in date today in everything asked in
    the course; for the others, the newest cycle counts. Three queries.
    """
    asked = rows.in_force().filter(assignment__course_key=course.translation_key)
    people = set(asked.order_by().values_list("learner", flat=True))
    finished = people - _not_in_date(asked, at)
    furthest = _furthest(asked, people - finished, course, list(lessons))
    furthest[len(lessons) + 1] = len(finished)
    furthest[0] += len(people) - furthest.total()
    counts = drop_off.count_reached(furthest, len(lessons) + 2)
    largest = drop_off.largest_drop(counts)
    names = [labels[0], *lessons.values(), labels[1]]
    return [
        StepLine(
            step=name,
            people=count,
            fewer=counts[number - 1] - count if number else 0,
            asked=counts[0],
            is_largest_drop=bool(largest and largest.step == number),
        )
        for number, (name, count) in enumerate(zip(names, counts, strict=True))
    ]


def paused_people(
    rows: QuerySet[Obligation], course: CoursePage, at: dt.datetime
) -> int:
    """Return the number of people for whom it is paused. One query."""
    asked = rows.unsatisfied().filter(assignment__course_key=course.translation_key)
    paused = asked.with_status(at).filter(status=Status.PAUSED)
    return paused.order_by().values("learner").distinct().count()


def _not_in_date(rows, at) -> set[int]:
    """Return the learners with something asked of them that is not in date."""
    pairs: dict[tuple[int, int], bool] = defaultdict(bool)
    for row in (
        rows.with_status(at).order_by().values_list("learner", "assignment", "status")
    ):
        pairs[row[:2]] |= row[2] in (Status.DONE, Status.WAIVED)
    return {learner for (learner, _assignment), holds in pairs.items() if not holds}


def _furthest(asked, people, course, lessons) -> Counter[int]:
    """Return last step started → number of people; 1 is the first lesson."""
    steps = [
        When(lesson_key=key, then=Value(number))
        for number, key in enumerate(lessons, 1)
    ]
    if not steps:
        return Counter()
    begun = (
        LessonProgress.objects.in_newest_cycle()
        .filter(
            enrolment__course_key=course.translation_key,
            enrolment__learner__in=asked.order_by().values("learner"),
        )
        .order_by()
        .values("enrolment__learner")
        .annotate(step=Max(Case(*steps, default=Value(0), output_field=IntegerField())))
    )
    rows = begun.values_list("enrolment__learner", "step")
    return Counter(step for learner, step in rows if learner in people)

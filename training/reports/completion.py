"""How many were done month by month, and where people stop in a course."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from dateutil.relativedelta import relativedelta
from django.db.models import Case, Count, IntegerField, Max, QuerySet, Value, When
from django.db.models.functions import TruncMonth
from django.utils import timezone

from course.models import CoursePage
from progress.models import Enrolment, LessonProgress
from training import drop_off
from training.models import Obligation

MOST_MONTHS = 24


@dataclass(frozen=True)
class MonthLine:
    """What was done in a month; `done_so_far` of all `asked` until now."""

    month: dt.date
    done: int
    done_so_far: int
    asked: int

    @property
    def share(self) -> float:
        return self.done_so_far / self.asked if self.asked else 0.0


@dataclass(frozen=True)
class StepLine:
    """How many people came so far, and how many fewer than to the step before."""

    step: str
    people: int
    fewer: int
    asked: int
    is_largest_drop: bool

    @property
    def share(self) -> float:
        return self.people / self.asked if self.asked else 0.0


def months(rows: QuerySet[Obligation], at: dt.datetime) -> list[MonthLine]:
    """Return the months up to the present one, two years at most; two queries.

    Counted are obligations in force or done, each cycle on its own.
    """
    asked = rows.in_force().count()
    zone = timezone.get_current_timezone()
    counts = {
        month.date(): count
        for month, count in rows.in_force()
        .filter(satisfied_at__isnull=False, satisfied_at__lte=at)
        .order_by()
        .values_list(TruncMonth("satisfied_at", tzinfo=zone))
        .annotate(count=Count("pk"))
    }
    if not counts:
        return []
    lines = []
    for month in _months(min(counts), timezone.localdate(at).replace(day=1)):
        so_far = sum(count for each, count in counts.items() if each <= month)
        lines.append(MonthLine(month, counts.get(month, 0), so_far, asked))
    return lines


def _months(first: dt.date, last: dt.date) -> list[dt.date]:
    first = max(first, last - relativedelta(months=MOST_MONTHS - 1))
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    return [first + relativedelta(months=number) for number in range(count)]


def drop_off_lines(
    rows: QuerySet[Obligation],
    course: CoursePage,
    lessons: Mapping[str, str],
    asked_label: str,
    finished_label: str,
) -> list[StepLine]:
    """Return how many of those asked for the course reached each lesson, and its end.

    `lessons` is lesson key → title as taught. Looked at is everybody's newest cycle.
    Three queries.
    """
    people = rows.in_force().filter(assignment__course_key=course.translation_key)
    asked = people.order_by().values("learner").distinct()
    furthest = _furthest(asked, course, list(lessons))
    furthest[0] += asked.count() - furthest.total()
    counts = drop_off.reached(furthest, len(lessons) + 2)
    largest = drop_off.largest_drop(counts)
    names = [asked_label, *lessons.values(), finished_label]
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


def _furthest(asked, course, lessons) -> Counter[int]:
    """Return the last step begun → how many people; 1 is the first lesson."""
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
            enrolment__learner__in=asked,
            enrolment__completed_at=None,
        )
        .order_by()
        .values("enrolment")
        .annotate(step=Max(Case(*steps, default=Value(0), output_field=IntegerField())))
    )
    found = Counter(begun.values_list("step", flat=True))
    finished = Enrolment.objects.filter(
        course_key=course.translation_key, learner__in=asked, completed_at__isnull=False
    ).newest_cycle()
    found[len(lessons) + 1] += finished.count()
    return found

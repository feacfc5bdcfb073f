"""Who needs help: people who will not get there by another reminder."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import models
from django.db.models import (
    Case,
    Count,
    Exists,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from progress.models import LessonProgress
from quizzes.queries.repeated_misses import critical_misses
from training.assignments.access import obligations_seen_by
from training.assignments.models import TO_DO, ExceptionEntry, Obligation
from training.reports.queries.behind import BehindLine, behind_lines

MISSES = 3
EXTENSIONS = 3
STOPPED_FOR = dt.timedelta(days=14)


class HelpReason(models.TextChoices):
    """Why somebody needs help; the first that applies is shown."""

    MISSES = "misses", _("missed a critical question three times")
    EXTENSIONS = "extensions", _("has been given more time three times")
    STOPPED = "stopped", _("began, and then did nothing for two weeks")

    @property
    def icon(self) -> str:
        """Return the name of the Wagtail icon shown next to the text."""
        return {
            HelpReason.MISSES: "warning",
            HelpReason.EXTENSIONS: "calendar",
            HelpReason.STOPPED: "time",
        }[self]


@dataclass(frozen=True)
class HelpLine(BehindLine):
    """What is to do, and why the person needs help."""

    reason: HelpReason


def obligations_needing_help(user: User, at: dt.datetime) -> QuerySet[Obligation]:
    """Return what is still to do and stuck, with `status` and `help_reason`.

    People are stuck by their own learning: whoever never began gets reminders instead.
    """
    rows = obligations_seen_by(user).unsatisfied().filter(opens_at__lte=at)
    return (
        rows.with_status(at)
        .filter(status__in=TO_DO)
        .annotate(extensions=Coalesce(Subquery(_extensions()), 0))
        .annotate(
            help_reason=Case(
                When(_misses(rows), then=Value(HelpReason.MISSES.value)),
                When(
                    extensions__gte=EXTENSIONS,
                    then=Value(HelpReason.EXTENSIONS.value),
                ),
                When(_stopped(at), then=Value(HelpReason.STOPPED.value)),
                output_field=models.CharField(),
            )
        )
        .exclude(help_reason=None)
        .select_related("assignment", "learner__user", "team")
    )


def help_lines(rows: Sequence[Obligation], at: dt.datetime) -> list[HelpLine]:
    """Return the rows of `obligations_needing_help` as lines, in eleven queries."""
    return [
        HelpLine(**vars(line), reason=HelpReason(row.help_reason))
        for row, line in zip(rows, behind_lines(rows, at), strict=True)
    ]


def _extensions():
    """Return how often an obligation was extended, whether still in force or not."""
    given = ExceptionEntry.objects.filter(
        obligation=OuterRef("pk"),
        kind=ExceptionEntry.Kind.EXTENSION,
        revoked_at=None,
    )
    return given.order_by().values("obligation").annotate(n=Count("pk")).values("n")


def _stopped(at) -> Q:
    begun = LessonProgress.objects.in_newest_cycle().filter(
        enrolment__learner=OuterRef("learner"),
        enrolment__course_key=OuterRef("assignment__course_key"),
    )
    idle = Q(learner__last_active_at__lte=at - STOPPED_FOR)
    return idle & Q(Exists(begun))


def _misses(rows) -> Q:
    found = Q(pk=None)
    by_course: dict = defaultdict(set)
    for learner, course in critical_misses(rows.values("learner"), at_least=MISSES):
        by_course[course].add(learner)
    for course, learners in by_course.items():
        found |= Q(assignment__course_key=course, learner__in=learners)
    return found

"""Assignments of which nothing can be learnt any more, so that somebody has to decide.

What pauses because a quiz does goes on once its lesson is reviewed. Where none of the
lessons is live, nothing will end the pause by itself: the lessons go live again, or
the assignment is ended or changed. Reads only.
"""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from training import reminder_letters
from training.contents import live_lessons_of
from training.letters import Letter
from training.models import Assignment, Notice, Obligation, Pause, Status
from training.pausing import Span, joined
from training.reminders import trainers_in
from training.satisfaction import Requirement, lessons_wanted


@dataclass(frozen=True)
class Undecided:
    """An assignment that people are asked for and none of whose lessons is live."""

    assignment: Assignment
    since: dt.datetime
    people: int


def undecided(obligations: QuerySet[Obligation], at: dt.datetime) -> list[Undecided]:
    """Return what of them needs a decision, by title.

    One query where nothing is paused, five for any number of assignments.
    """
    people = _people(obligations, at)
    if not people:
        return []
    since = _since(people, at)
    rules = Assignment.objects.filter(pk__in=people).order_by("title", "pk")
    return [
        Undecided(rule, since[rule.pk], people[rule.pk])
        for rule in rules
        if rule.pk in since
    ]


def _people(obligations, at) -> Counter[int]:
    """Return assignment id → how many wait for lessons of which none is live."""
    waiting = obligations.unsatisfied().filter(assignment__ended_at=None)
    rows = (
        waiting.with_status(at)
        .filter(status=Status.PAUSED)
        .order_by()
        .values_list("assignment", "assignment__course_key", "requirement")
        .annotate(people=Count("pk"))
    )
    found = list(rows)
    live = (
        live_lessons_of({course for _rule, course, *_asked in found}) if found else {}
    )
    people: Counter[int] = Counter()
    for rule, course, requirement, number in found:
        asked = Requirement.from_json(requirement)
        if not lessons_wanted(asked, live.get(course, {})):
            people[rule] += number
    return people


def _since(rules: Collection[int], at: dt.datetime) -> dict[int, dt.datetime]:
    """Return assignment id → since when somebody could not do it, without a break.

    Those who were asked first may have left since: their pauses count, too.
    """
    rows = Pause.objects.filter(obligation__assignment__in=rules)
    spans: dict[int, list[Span]] = defaultdict(list)
    for rule, *ends in rows.values_list(
        "obligation__assignment", "starts_at", "ends_at"
    ).distinct():
        spans[rule].append(Span(*ends))
    return {
        rule: span.starts_at
        for rule, found in spans.items()
        for span in joined(found)
        if span.covers(at)
    }


def decisions_wanted(at: dt.datetime) -> list[Notice]:
    """Return what tells those concerned that a decision is needed, unsaved.

    Each is told once: who trains a team that waits, and who gave it out in person.
    """
    return [
        Notice(
            kind=Notice.Kind.UNDECIDED,
            recipient=user,
            recipient_key=f"user:{user.pk}",
            subject_key=f"assignment:{each.assignment.pk}",
            scheduled_for=each.since,
            created_at=at,
            why={"assignment": each.assignment.title},
        )
        for each in undecided(Obligation.objects.all(), at)
        for user in _told(each.assignment)
    ]


def _told(assignment) -> QuerySet[User]:
    waiting = assignment.obligations.unsatisfied()
    trainers = trainers_in(team__in=waiting.exclude(team=None).values("team"))
    told = User.objects.filter(learner__memberships__in=trainers)
    if waiting.filter(team=None).exists():
        told |= User.objects.filter(pk=assignment.created_by_id)
    return told.filter(is_active=True).distinct().order_by("pk")


def write_undecided(notice: Notice, at: dt.datetime) -> Letter | None:
    """Return that nothing of it is live, or None where that is decided by now."""
    about = Obligation.objects.filter(
        assignment=notice.subject_key.removeprefix("assignment:")
    )
    for each in undecided(about, at):
        return reminder_letters.compose(
            notice.kind,
            path=reverse("training:assignment", args=[each.assignment.pk]),
            link=_("The assignment"),
            footer=reminder_letters.TRAINERS,
            name=notice.recipient.first_name,
            title=each.assignment.title,
            people=each.people,
        )
    return None

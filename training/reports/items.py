"""How the questions of a lesson did with staff at their first go."""

import uuid
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, QuerySet

from accounts.models import User
from quizzes.models import Answer, Attempt, Grade, Paper
from quizzes.paper import Question
from training import access
from training.item_analysis import Item, Pattern, analyse

FEW = 1_000


@dataclass(frozen=True)
class WrongOption:
    """A wrong option and the share, from 0 to 1, of people who chose it."""

    text: str
    share: float


@dataclass(frozen=True)
class ItemLine:
    """A question in its newest wording with its statistics; None for too few people."""

    stem: str
    item: Item | None
    wrong: tuple[WrongOption, ...]


def item_lines(user: User, lesson_key: uuid.UUID) -> list[ItemLine]:
    """Return a line for each question that was answered, in the order of the newest paper.

    Counted is the first submitted attempt of everybody the user sees, by its newest
    marks. Five queries at most, whatever the number of answers.
    """
    first = _first_attempts(user, lesson_key)
    items = analyse(_patterns(first), _chosen(first))
    questions = _newest_wording(lesson_key)
    return [
        ItemLine(question.stem, items[key], _wrong(question, items[key]))
        for key, question in questions.items()
        if key in items
    ]


def _first_attempts(user, lesson_key) -> QuerySet[Attempt] | list[int]:
    submitted = Attempt.objects.on(lesson_key).submitted()
    earlier = submitted.filter(
        learner=OuterRef("learner"), number__lt=OuterRef("number")
    )
    seen = access.learners_seen_by(user)
    first = submitted.filter(~Exists(earlier), learner__in=seen)
    # The database finds what a few keys point to at once, where it would otherwise
    # look at every answer; a long list of keys takes longer than that.
    return list(first.values_list("pk", flat=True)) if seen.count() <= FEW else first


def _patterns(first) -> list[Pattern]:
    """Return the marks that occur with how many people had them.

    Counting is left to the database: a quiz of six questions has some hundreds of
    patterns at most, however many people took it.
    """
    # That a later one is never the first lets the database look at few.
    again = Grade.objects.filter(run__gt=1)
    later = again.filter(attempt=OuterRef("attempt"), run__gt=OuterRef("run"))
    rows = (
        Grade.objects.filter(~Exists(later), attempt__in=first)
        .order_by()
        .values_list("marks")
        .annotate(people=Count("pk"))
    )
    return [
        Pattern(
            right=frozenset(marks["right"]),
            wrong=frozenset(marks["wrong"]),
            not_sure=frozenset(marks["not_sure"]),
            people=people,
        )
        for marks, people in rows
    ]


def _chosen(first) -> dict[str, Mapping[str, int]]:
    """Return question key → option id → how many chose it in their last answer."""
    again = Answer.objects.filter(sequence__gt=1)
    later = again.filter(
        attempt=OuterRef("attempt"),
        question_key=OuterRef("question_key"),
        sequence__gt=OuterRef("sequence"),
    )
    rows = (
        Answer.objects.filter(~Exists(later), attempt__in=first, not_sure=False)
        .order_by()
        .values_list("question_key", "options")
        .annotate(people=Count("pk"))
    )
    found: dict[str, Mapping[str, int]] = {}
    for key, options, people in rows:
        counts = found.setdefault(str(key), defaultdict(int))
        for option in options:
            counts[option] += people
    return found


def _newest_wording(lesson_key) -> dict[str, Question]:
    """Return the questions in their newest wording, those of the newest paper first."""
    questions: dict[str, Question] = {}
    for paper in Paper.objects.filter(lesson_key=lesson_key).order_by("-created_at"):
        for question in paper.content.questions:
            questions.setdefault(question.key, question)
    return questions


def _wrong(question: Question, item: Item | None) -> tuple[WrongOption, ...]:
    """Return the wrong options, the most chosen first; a question of order has none."""
    if item is None or not any(option.right for option in question.options):
        return ()
    options = [
        WrongOption(option.text, item.chosen.get(option.id, 0.0))
        for option in question.options
        if not option.right
    ]
    return tuple(sorted(options, key=lambda option: -option.share))

"""Statistics on a lesson's questions, from people's first attempts."""

import uuid
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, QuerySet

from accounts.models import User
from quizzes.kinds import kind_of
from quizzes.models import Answer, Attempt, Grade, Paper
from quizzes.rules.paper import FrozenQuestion, Response
from training.reports.rules.item_analysis import ItemFigures, Pattern, analyse_items
from training.teams import access

FEW = 1_000


@dataclass(frozen=True)
class WrongOption:
    """A wrong option and the share of people who chose it, from 0 to 1."""

    text: str
    share: float


@dataclass(frozen=True)
class ItemLine:
    """A question in its newest wording with its statistics; None for too few people."""

    stem: str
    item: ItemFigures | None
    wrong: tuple[WrongOption, ...]


def item_lines(user: User, lesson_key: uuid.UUID) -> list[ItemLine]:
    """Return a line for each question answered, in the order of the newest paper.

    Counts the first submitted attempt of everybody the user can see, by its newest
    marks. At most five queries, however many answers there are.
    """
    first = _first_attempts(user, lesson_key)
    questions = _newest_wording(lesson_key)
    items = analyse_items(_patterns(first), _given_wrongly(first, questions))
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
    # With a short list of keys, the database uses the index instead of scanning every
    # answer; with a long list, scanning is faster.
    return list(first.values_list("pk", flat=True)) if seen.count() <= FEW else first


def _patterns(first) -> list[Pattern]:
    """Return each pattern of marks with the number of people who had it.

    The database does the counting: a quiz of six questions has at most a few hundred
    patterns, however many people took it.
    """
    # A later attempt is never the first, so the database can skip most rows.
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


def _given_wrongly(first, questions) -> dict[str, Mapping[str, int]]:
    """Return question key → wrong part → how many gave it in their last answer.

    Texts that too few people typed alike are left out (`QuestionKind.fewest_alike`).
    """
    again = Answer.objects.filter(sequence__gt=1)
    later = again.filter(
        attempt=OuterRef("attempt"),
        question_key=OuterRef("question_key"),
        sequence__gt=OuterRef("sequence"),
    )
    rows = (
        Answer.objects.filter(~Exists(later), attempt__in=first, not_sure=False)
        .order_by()
        .values_list("question_key", "options", "text", "pairs")
        .annotate(people=Count("pk"))
    )
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for key, options, text, pairs, people in rows:
        question = questions[str(key)]
        given = [(option, match) for option, match in pairs]
        response = Response(tuple(options), text=text, pairs=tuple(given))
        for part in kind_of(question).wrong_parts(question, response):
            found[question.key][part] += people
    return {key: _alike(questions[key], times) for key, times in found.items()}


def _alike(question: FrozenQuestion, times: Counter[str]) -> Mapping[str, int]:
    fewest = kind_of(question).fewest_alike
    return {part: people for part, people in times.items() if people >= fewest}


def _newest_wording(lesson_key) -> dict[str, FrozenQuestion]:
    """Return the questions in their newest wording, starting with the newest paper."""
    questions: dict[str, FrozenQuestion] = {}
    for paper in Paper.objects.filter(lesson_key=lesson_key).order_by("-created_at"):
        for question in paper.content.questions:
            questions.setdefault(question.key, question)
    return questions


def _wrong(
    question: FrozenQuestion, item: ItemFigures | None
) -> tuple[WrongOption, ...]:
    """Return wrong parts of answers, most frequent first; none for ordering."""
    if item is None:
        return ()
    kind = kind_of(question)
    parts = dict.fromkeys(kind.possible_wrong_parts(question), 0.0)
    parts |= item.chosen
    options = [
        WrongOption(kind.part_in_words(question, part), share)
        for part, share in parts.items()
    ]
    return tuple(sorted(options, key=lambda option: -option.share))

"""How first attempts went, question by question, for those who write them.

Counted is the first submitted attempt of each learner on the lesson, by the newest
grade of it. Of n people asked a question:

- share right = those whom the grade counts as right ÷ n;
- share not sure = those who said “I'm not sure yet” ÷ n;
- most chosen wrong option = the wrong option that most of the n chose; the smaller id
  where two are level; none in “put in order”.

Shares are per cent, rounded half up. Under `FEWEST` people nothing is told, so that
nobody can be recognised.
"""

import uuid
from collections import Counter, defaultdict
from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from quizzes.models import Answer, Attempt, Grade, Paper
from quizzes.reading import key_of

FEWEST = 10


@dataclass(frozen=True)
class QuestionStatistics:
    """What first attempts on one question came to; shares are per cent."""

    people: int
    right: int
    not_sure: int
    most_chosen_wrong: str


def of_lesson(lesson_key: uuid.UUID) -> dict[str, QuestionStatistics | None]:
    """Return the statistics by question key, in three queries for any number of rows.

    None stands for a question that fewer than `FEWEST` people were asked.
    """
    first = _first_attempts(lesson_key)
    people: Counter[str] = Counter()
    right: Counter[str] = Counter()
    not_sure: Counter[str] = Counter()
    for marks in _newest_marks(first):
        people.update(key for keys in marks.values() for key in keys)
        right.update(marks["right"])
        not_sure.update(marks["not_sure"])
    wrong = _chosen_wrongly(first)
    return {
        key: QuestionStatistics(
            people=n,
            right=_per_cent(right[key], n),
            not_sure=_per_cent(not_sure[key], n),
            most_chosen_wrong=_most(wrong[key]),
        )
        if n >= FEWEST
        else None
        for key, n in people.items()
    }


def _first_attempts(lesson_key):
    submitted = Attempt.objects.on(lesson_key).submitted()
    earlier = submitted.filter(
        learner=OuterRef("learner"), number__lt=OuterRef("number")
    )
    return submitted.filter(~Exists(earlier))


def _newest_marks(first):
    grades = Grade.objects.filter(attempt__in=first).order_by("run")
    return {grade.attempt_id: grade.marks for grade in grades}.values()


def _chosen_wrongly(first):
    """Return for each question key how often each wrong option was chosen."""
    answers = Answer.objects.filter(attempt__in=first).order_by("sequence")
    rows = answers.values_list("attempt", "attempt__paper", "question_key", "options")
    newest = {(attempt, key): (paper, chosen) for attempt, paper, key, chosen in rows}
    papers = Paper.objects.in_bulk({paper for paper, _chosen in newest.values()})
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for (_attempt, key), (paper, chosen) in newest.items():
        question = papers[paper].content.question(str(key))
        if _has_key(question):
            found[question.key].update(set(chosen) - key_of(question))
    return found


def _has_key(question):
    return any(option.right for option in question.options)


def _most(chosen: Counter[str]) -> str:
    return min(chosen, key=lambda option: (-chosen[option], option), default="")


def _per_cent(part: int, whole: int) -> int:
    return (part * 200 + whole) // (whole * 2)

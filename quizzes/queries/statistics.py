"""Statistics of first attempts, question by question, for authors.

The first submitted attempt of each learner on the lesson counts, with its newest grade.
Of n people asked a question:


- share right = those with a right answer ÷ n;
- share not sure = those who chose “I'm not sure yet” ÷ n;
- most chosen wrong option = the wrong part of an answer that most of the n gave, as
  counted by the kind of question (`wrong_parts`): an option, a pair, or a typed number
  or word; the first in order if two are equal; none for “Put in order”. Typed answers
  are only shown if several people gave them (`fewest_alike`).


Shares are per cent, rounded half up. For fewer than `FEWEST` people there are no
statistics, so that nobody can be identified.
"""

import uuid
from collections import Counter, defaultdict
from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef

from quizzes.kinds import kind_of
from quizzes.models import Answer, Attempt, Grade, Paper
from quizzes.rules.paper import FrozenQuestion, Response

FEWEST = 10


@dataclass(frozen=True)
class QuestionStatistics:
    """Statistics of first attempts on one question. Shares are per cent.

    `most_chosen_wrong` is in words.
    """

    people: int
    right: int
    not_sure: int
    most_chosen_wrong: str


def of_lesson(lesson_key: uuid.UUID) -> dict[str, QuestionStatistics | None]:
    """Return question key → statistics, in three queries for any number of rows.

    The value is None if fewer than `FEWEST` people were asked the question.
    """
    first = _first_attempts(lesson_key)
    people: Counter[str] = Counter()
    right: Counter[str] = Counter()
    not_sure: Counter[str] = Counter()
    for marks in _newest_marks(first):
        people.update(key for keys in marks.values() for key in keys)
        right.update(marks["right"])
        not_sure.update(marks["not_sure"])
    wrong = _given_wrongly(first)
    return {
        key: QuestionStatistics(
            people=n,
            right=_per_cent(right[key], n),
            not_sure=_per_cent(not_sure[key], n),
            most_chosen_wrong=wrong[key].most_given,
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


def _given_wrongly(first):
    """Return question key → how often each wrong part was given, and its words.

    The words are those of the newest paper that it was given on.
    """
    answers = Answer.objects.filter(attempt__in=first).order_by("sequence")
    newest = {
        (answer.attempt_id, answer.question_key): answer
        for answer in answers.annotate(paper=F("attempt__paper"))
    }
    papers = Paper.objects.in_bulk({answer.paper for answer in newest.values()})
    found: dict[str, WrongParts] = defaultdict(WrongParts)
    for answer in sorted(newest.values(), key=lambda answer: answer.paper):
        question = papers[answer.paper].content.question(str(answer.question_key))
        found[question.key].add(question, answer.response)
    return found


class WrongParts:
    """How often each wrong part of a question's answers was given."""

    def __init__(self):
        self.times: Counter[str] = Counter()
        self.words: dict[str, str] = {}

    def add(self, question: FrozenQuestion, response: Response) -> None:
        kind = kind_of(question)
        for part in kind.wrong_parts(question, response):
            self.times[part] += 1
            self.words[part] = kind.part_in_words(question, part)
            self.fewest = kind.fewest_alike

    @property
    def most_given(self) -> str:
        """The words of the most common wrong part, or "" if too few people gave it."""
        part = min(self.times, key=lambda part: (-self.times[part], part), default="")
        return self.words[part] if part and self.times[part] >= self.fewest else ""


def _per_cent(part: int, whole: int) -> int:
    return (part * 200 + whole) // (whole * 2)

"""Statistics of first attempts, question by question, for authors.

The first submitted attempt of each learner on the lesson counts, with its newest grade.
Of n people asked a question:


- share right = those with a right answer ÷ n;
- share not sure = those who chose “I'm not sure yet” ÷ n;
- most chosen wrong option = the wrong part of an answer that most of the n gave, as
  counted by the kind of question (`wrong_parts`): an option, a pair, or a typed number
  or word; the first in order if two are equal; none for “Put in order”. Typed answers
  are only shown if several people gave them (`fewest_alike`).


Shares are per cent, rounded half up. There are no statistics for fewer people
than `quizzes.rules.groups` says, so that nobody can be identified.

The database counts equal marks and equal answers, so that few rows are read of any
number of people.
"""

import uuid
from collections import Counter, defaultdict
from dataclasses import dataclass

from django.core.cache import cache
from django.db.models import Count, Exists, F, OuterRef

from quizzes.kinds import kind_of
from quizzes.models import Answer, Attempt, Grade, Paper
from quizzes.rules.groups import may_be_shown
from quizzes.rules.paper import FrozenQuestion, Response

# Of so many people, some minutes change no share that anybody sees.
MANY = 1_000
_MANY_LAST = 10 * 60  # seconds


@dataclass(frozen=True)
class QuestionStatistics:
    """Statistics of first attempts on one question. Shares are per cent.

    `most_chosen_wrong` is in words.
    """

    people: int
    right: int
    not_sure: int
    most_chosen_wrong: str


LessonStatistics = dict[str, QuestionStatistics | None]


def recent_of_lesson(lesson_key: uuid.UUID) -> LessonStatistics:
    """Return what `of_lesson` returned up to ten minutes ago, if it counted many."""
    name = f"statistics:{lesson_key}"
    known = cache.get(name)
    if known is None:
        known = of_lesson(lesson_key)
        if any(each and each.people >= MANY for each in known.values()):
            cache.set(name, known, _MANY_LAST)
    return known


def of_lesson(lesson_key: uuid.UUID) -> LessonStatistics:
    """Return question key → statistics, in three queries for any number of people.

    The value is None if too few people were asked the question.
    """
    first = _first_attempts(lesson_key)
    people: Counter[str] = Counter()
    right: Counter[str] = Counter()
    not_sure: Counter[str] = Counter()
    for marks, times in _newest_marks(first):
        people.update({key: times for keys in marks.values() for key in keys})
        right.update(dict.fromkeys(marks["right"], times))
        not_sure.update(dict.fromkeys(marks["not_sure"], times))
    wrong = _given_wrongly(first)
    return {
        key: QuestionStatistics(
            people=n,
            right=_per_cent(right[key], n),
            not_sure=_per_cent(not_sure[key], n),
            most_chosen_wrong=wrong[key].most_given,
        )
        if may_be_shown(n)
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
    """Return the newest marks, each with how many attempts have exactly these."""
    newer = Grade.objects.filter(attempt=OuterRef("attempt"), run__gt=OuterRef("run"))
    newest = Grade.objects.filter(~Exists(newer), attempt__in=first).order_by()
    return newest.values_list("marks").annotate(times=Count("pk"))


def _given_wrongly(first):
    """Return question key → how often each wrong part was given, and its words.

    The words are those of the newest paper that it was given on.
    """
    given = sorted(_given(first), key=lambda each: each["paper"])
    papers = Paper.objects.in_bulk({each["paper"] for each in given})
    found: dict[str, WrongParts] = defaultdict(WrongParts)
    for each in given:
        paper, times = papers[each["paper"]].content, each["times"]
        question = paper.question(str(each["question_key"]))
        response = Answer(**{name: each[name] for name in _GIVEN}).response
        found[question.key].add(question, response, times)
    return found


_GIVEN = ("options", "text", "pairs", "not_sure")


def _given(first):
    """Return the newest answers, each with how many people gave exactly this one."""
    later = Answer.objects.filter(
        attempt=OuterRef("attempt"),
        question_key=OuterRef("question_key"),
        sequence__gt=OuterRef("sequence"),
    )
    newest = Answer.objects.filter(~Exists(later), attempt__in=first).order_by()
    equal = newest.values("question_key", *_GIVEN, paper=F("attempt__paper"))
    return equal.annotate(times=Count("pk"))


class WrongParts:
    """How often each wrong part of a question's answers was given."""

    def __init__(self):
        self.times: Counter[str] = Counter()
        self.words: dict[str, str] = {}

    def add(self, question: FrozenQuestion, response: Response, times: int) -> None:
        kind = kind_of(question)
        for part in kind.wrong_parts(question, response):
            self.times[part] += times
            self.words[part] = kind.part_in_words(question, part)
            self.fewest = kind.fewest_alike

    @property
    def most_given(self) -> str:
        """The words of the most common wrong part, or "" if too few people gave it."""
        part = min(self.times, key=lambda part: (-self.times[part], part), default="")
        return self.words[part] if part and self.times[part] >= self.fewest else ""


def _per_cent(part: int, whole: int) -> int:
    return (part * 200 + whole) // (whole * 2)

"""Find the attempts that a changed paper affects, and what each choice would do."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cached_property

from django.db.models import QuerySet

from course.models import LessonPage
from quizzes.models import Answer, Attempt, Grade, Paper
from quizzes.rules import regrading as rules
from quizzes.rules.marking import Marks
from quizzes.rules.paper import FrozenPaper as Content
from quizzes.rules.paper import Response


@dataclass(frozen=True)
class Marked:
    """A submitted attempt with its own paper and its current grade."""

    attempt: Attempt
    own: Content
    grade: Grade
    graded_on: Content

    @cached_property
    def marks(self) -> Marks:
        kept = self.grade.marks
        return Marks(*(tuple(kept[name]) for name in ("right", "wrong", "not_sure")))


@dataclass(frozen=True)
class RegradeResult:
    """What a choice does to one affected attempt."""

    marked: Marked
    marks: Marks
    before: rules.MarkedOutcome
    after: rules.MarkedOutcome
    is_news: bool

    @property
    def effect(self) -> rules.Effect:
        return rules.effect_of_choice(self.before, self.after)

    @property
    def gains_pass(self) -> bool:
        return self.after.is_passed and not self.before.is_passed


@dataclass(frozen=True)
class RegradePlan:
    """All attempts of the people that a change affects, ready to be marked again.

    `people` holds each enrolment's attempts in order. `changed` holds the keys of
    changed questions for each affected attempt.
    """

    now: Content
    people: list[list[Marked]]
    changed: dict[int, frozenset[str]]
    responses: dict[int, dict[str, Response]]

    def counts(self, choice: rules.Choice) -> rules.RegradeCounts:
        return rules.RegradeCounts.of(result.effect for result in self.results(choice))

    def results(self, choice: rules.Choice) -> list[RegradeResult]:
        """Return what the choice does to each affected attempt. Nothing is written."""
        return [
            result
            for attempts in self.people
            for result in self._person(attempts, choice)
        ]

    def _person(self, attempts, choice):
        marks = {m.attempt.pk: self._remarked(m, choice) for m in attempts}
        was = self._passed_before(attempts)
        will = self._passed_after(attempts, marks.values(), choice, was=was)
        for marked in attempts:
            if marked.attempt.pk not in self.changed:
                continue
            new = marks[marked.attempt.pk]
            yield RegradeResult(
                marked=marked,
                marks=new,
                before=rules.MarkedOutcome(len(marked.marks.right), was),
                after=rules.MarkedOutcome(len(new.right), will),
                is_news=new != marked.marks
                or (was != will and marked.graded_on != self.now),
            )

    def _remarked(self, marked, choice):
        if marked.attempt.pk not in self.changed:
            return marked.marks
        return rules.regrade_marks(
            marked.marks,
            marked.attempt.asked,
            self.responses.get(marked.attempt.pk, {}),
            changed=self.changed[marked.attempt.pk],
            now=self.now,
            choice=choice,
        )

    def _passed_before(self, attempts):
        newest = attempts[-1]
        right = _right(marked.marks for marked in attempts)
        return rules.passes_either_rule(newest.own, newest.graded_on, right)

    def _passed_after(self, attempts, marks, choice, *, was):
        own = attempts[-1].own
        if choice in rules.LEAVES_ALONE:
            return was
        if choice == "re_mark":
            return rules.passes_by_new_rule(own, self.now, _right(marks))
        return was or rules.passes_either_rule(own, self.now, _right(marks))


def _right(marks: Iterable[Marks]) -> set[str]:
    return {key for each in marks for key in each.right}


def plan_regrade(
    lesson: LessonPage,
    now: Content,
    before: Content | None,
    enrolments: Collection[int] | None = None,
) -> RegradePlan:
    """Return what the paper `now` means for earlier answers, in four queries.

    It is compared with `before`, the paper that was live until now, or with each
    attempt's own paper if that is None. A decision binds all languages: attempts in
    another one are affected where they were asked the same. Only those in these
    `enrolments` are, if some are given.
    """
    attempts = Attempt.objects.on(lesson.translation_key).submitted()
    if enrolments is not None:
        attempts = attempts.filter(enrolment__in=enrolments)
    people = _people(lesson, attempts)
    changes: dict[int, rules.PaperChange] = {}
    changed = {}
    for marked in (marked for attempts in people for marked in attempts):
        paper = marked.attempt.paper_id
        if paper not in changes:
            changes[paper] = rules.change_for(marked.own, before, now)
        if changes[paper].touches(marked.attempt.asked):
            changed[marked.attempt.pk] = changes[paper].questions
    return RegradePlan(
        now=now,
        people=[each for each in people if any(m.attempt.pk in changed for m in each)],
        changed=changed,
        responses=_responses(attempts, frozenset().union(*changed.values())),
    )


def _people(lesson: LessonPage, attempts: QuerySet[Attempt]) -> list[list[Marked]]:
    """Return the graded attempts on the lesson by enrolment, in order."""
    key = lesson.translation_key
    papers = {row.pk: row.content for row in Paper.objects.filter(lesson_key=key)}
    grades = Grade.objects.filter(attempt__in=attempts).order_by("run")
    newest = {grade.attempt_id: grade for grade in grades}
    people = defaultdict(list)
    for attempt in attempts.order_by("number"):
        if grade := newest.get(attempt.pk):
            own = papers[attempt.paper_id]
            marked = Marked(attempt, own, grade, papers[grade.paper_id])
            people[attempt.enrolment_id].append(marked)
    return list(people.values())


def _responses(attempts: QuerySet[Attempt], keys: frozenset[str]) -> dict:
    """Return the last response by attempt and question key, in one query."""
    answers = Answer.objects.filter(attempt__in=attempts, question_key__in=keys)
    responses: dict = defaultdict(dict)
    for answer in answers.order_by("sequence"):
        responses[answer.attempt_id][str(answer.question_key)] = answer.response
    return responses

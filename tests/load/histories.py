"""What a made-up person has done in a course, as rows that are not yet stored."""

import datetime as dt
import random
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field

from progress.models import Certificate, Enrolment, LessonProgress
from quizzes.models import Answer, Attempt, Grade, Paper, open_key_for
from tests.load.answering import Sat, sit, sit_until_passed
from tests.load.people import Member, new_uuid
from training.assignments.rules.satisfaction import (
    CountedAttempt,
    Learning,
    LessonLearning,
)

# Of 100 people, how many get no further than before each of the five lessons.
STOP_BEFORE = (8, 6, 16, 9, 7)
ANSWERS_PER_MINUTE = 2


@dataclass
class History:
    """The rows of one person's way through a course; enrolments come first."""

    enrolment: Enrolment
    lessons: list[LessonProgress] = field(default_factory=list)
    attempts: list[Attempt] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)
    grades: list[Grade] = field(default_factory=list)
    certificates: list[Certificate] = field(default_factory=list)

    @property
    def learning(self) -> Learning:
        """What was learnt, as the rules of `training.satisfaction` look at it."""
        passed = {str(row.lesson_key): row.passed_at for row in self.lessons}
        tries: dict[str, list[CountedAttempt]] = {key: [] for key in passed}
        for grade in self.grades:
            attempt = grade.attempt
            sheet = attempt.paper.content
            right = grade.marks["right"]
            tries[str(attempt.lesson_key)].append(
                CountedAttempt(
                    attempt.number, attempt.submitted_at, True, sheet, sheet, right
                )
            )
        return Learning(
            self.enrolment.pk,
            {
                key: LessonLearning(passed_at=at, tries=tuple(tries[key]))
                for key, at in passed.items()
            },
        )


class Writer:
    """Writes one person's history, its clock only ever moving on towards `now`."""

    def __init__(self, rng: random.Random, member: Member, now: dt.datetime):
        self.rng, self.member, self.now = rng, member, now

    def history(
        self, course, papers: Sequence[Paper], start: dt.datetime
    ) -> History | None:
        """Return what the person did from the start on; None if they never began."""
        reached = self._lessons_reached(len(papers))
        if not reached:
            return None
        self.clock = start + (self.now - start) * self.rng.random() * 0.7
        made = History(self._enrolment(course))
        finished = len(papers) < reached
        for paper in papers[: reached if finished else reached - 1]:
            self._pass(made, paper)
        if finished:
            self._complete(made, course, papers)
        else:
            self._stop_halfway(made, papers[reached - 1])
        return made

    def practise(self, made: History, papers: Sequence[Paper]) -> None:
        """Add one more go at a lesson that was passed."""
        passed = [row.lesson_key for row in made.lessons if row.passed_at]
        key = self.rng.choice(passed)
        paper = next(paper for paper in papers if paper.lesson_key == key)
        self._submit(made, paper, sit(self.rng, paper.content, self.member.ability + 1))

    def _lessons_reached(self, lessons: int) -> int:
        """Return the number of the last lesson begun, one more when all were passed."""
        drawn = self.rng.random() * 100
        for number, share in enumerate(STOP_BEFORE[:lessons]):
            drawn -= share
            if drawn < 0:
                return number
        return lessons + 1 if drawn > 5 else lessons

    def _enrolment(self, course):
        return Enrolment(
            learner=self.member.learner,
            course_key=course.translation_key,
            started_at=self.clock,
        )

    def _pass(self, made, paper):
        row = self._begin(made, paper)
        for go in sit_until_passed(self.rng, paper.content, self.member.ability):
            self._submit(made, paper, go)
        row.passed_at = self.clock
        self._wait()

    def _complete(self, made, course, papers):
        made.enrolment.completed_at = made.lessons[-1].passed_at
        titles = [paper.content.title for paper in papers]
        statement = {"course": course.title, "lessons": titles}
        made.certificates.append(
            Certificate(
                enrolment=made.enrolment,
                serial=f"{self.rng.getrandbits(80):020x}",
                issued_at=made.enrolment.completed_at,
                statement=statement,
            )
        )

    def _stop_halfway(self, made, paper):
        self._begin(made, paper)
        go = sit(self.rng, paper.content, self.member.ability)
        answered = self.rng.randrange(len(go.asked))
        attempt = self._attempt(made, paper, go)
        attempt.state = Attempt.State.OPEN
        attempt.open_key = open_key_for(self.member.learner, paper.lesson_key)
        self._answer(made, attempt, go, go.asked[:answered])

    def _begin(self, made, paper):
        row = LessonProgress(
            enrolment=made.enrolment,
            lesson_key=paper.lesson_key,
            started_at=self.clock,
        )
        made.lessons.append(row)
        return row

    def _submit(self, made, paper, go: Sat):
        attempt = self._attempt(made, paper, go)
        self._answer(made, attempt, go, go.asked)
        self._go_on(dt.timedelta(minutes=len(go.asked) / ANSWERS_PER_MINUTE))
        attempt.state, attempt.submitted_at = Attempt.State.SUBMITTED, self.clock
        made.grades.append(
            Grade(
                attempt=attempt,
                paper=paper,
                marks=asdict(go.marks),
                right=len(go.marks.right),
                out_of=go.marks.out_of,
                graded_at=self.clock,
            )
        )

    def _attempt(self, made, paper, go):
        before = sum(row.lesson_key == paper.lesson_key for row in made.attempts)
        attempt = Attempt(
            uuid=new_uuid(self.rng),
            learner=self.member.learner,
            enrolment=made.enrolment,
            lesson_key=paper.lesson_key,
            number=before + 1,
            paper=paper,
            seed=new_uuid(self.rng),
            asked=list(go.asked),
            started_at=self.clock,
        )
        made.attempts.append(attempt)
        return attempt

    def _answer(self, made, attempt, go, keys):
        for key in keys:
            made.answers.append(
                Answer(
                    attempt=attempt,
                    question_key=key,
                    sequence=1,
                    client_uuid=new_uuid(self.rng),
                    **Answer.fields_of(go.responses[key]),
                    origin=Answer.Origin.ACCOUNT,
                    given_at=self.clock,
                )
            )

    def _wait(self):
        """Let some of the time that is left go by before the next lesson."""
        self.clock += (self.now - self.clock) * self.rng.random() * 0.3

    def _go_on(self, time):
        self.clock = min(self.clock + time, self.now)

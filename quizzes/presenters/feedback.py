"""Feedback on an answer, what comes after it, and the result."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID

from django.urls import reverse

from course.models import CoursePage, Source
from course.queries import sources_by_handle
from quizzes.kinds import kind_of
from quizzes.presenters.questions import (
    QuestionPage,
    cited_by,
    passage_of,
    steps_of,
    verdict_of,
)
from quizzes.queries.attempts import AttemptState, LessonOutcome
from quizzes.queries.corrections import AttemptHistory, ChangedQuestion
from quizzes.queries.notices import RegradeNotice
from quizzes.rules.paper import FrozenQuestion


@dataclass(frozen=True)
class Following:
    """What comes after the feedback on a question, as it stands now.

    `form` asks the next question if it has no answer yet. Otherwise `answered` is its
    number and `verdict` that on its answer, or None after the last one. `number` is
    that of the first question without an answer, or None.
    """

    form: QuestionPage | None
    answered: int | None
    verdict: str
    number: int | None

    @classmethod
    def of(
        cls, state: AttemptState, key: str, draft: Any, *, is_paused: bool
    ) -> "Following":
        place = state.number_of(key) + 1
        after = state.key_at(place)
        given = after and state.answers.get(after)
        is_asked = after and not given and not is_paused
        return cls(
            form=QuestionPage.of(state, after, draft, is_next=True)
            if is_asked
            else None,
            answered=place if given else None,
            verdict=verdict_of(state.paper.question(after), given.response)
            if given
            else "",
            number=next((state.number_of(key) for key in state.unanswered), None),
        )


@dataclass(frozen=True)
class FeedbackPage:
    """The answer, what is right and why, and what comes after it.

    `changed` is set if the question was corrected since. `level` is that of the heading
    with the question.
    """

    template: ClassVar[str] = "quizzes/feedback.html"
    level: ClassVar[int] = 1
    has_record: ClassVar[bool] = True

    question: FrozenQuestion
    number: int
    total: int
    answered: int
    verdict: str
    explained: Sequence[Any]
    given: list[str]
    right: list[str]
    sources: list[Source]
    following: Following
    changed: ChangedQuestion | None

    @classmethod
    def of(
        cls,
        state: AttemptState,
        key: str,
        course: CoursePage,
        changed: ChangedQuestion | None,
        *,
        draft: Any = None,
        is_paused: bool = False,
    ) -> "FeedbackPage":
        """Return the page. `draft` fills in the next question."""
        question = state.paper.question(key)
        response, kind = state.answers[key].response, kind_of(question)
        return cls(
            question=question,
            number=state.number_of(key),
            total=state.total,
            answered=len(state.answers),
            verdict=verdict_of(question, response),
            explained=kind.explained(state.shown(key), response),
            given=kind.in_words(question, response),
            right=kind.right_in_words(question),
            sources=sources_by_handle(course, cited_by(question)),
            following=Following.of(state, key, draft, is_paused=is_paused),
            changed=changed,
        )

    @property
    def steps(self) -> list[str]:
        return steps_of(self.total, self.answered)

    @property
    def kind_template(self) -> str:
        return kind_of(self.question).feedback_template

    @property
    def passage(self) -> str:
        """The fragment of the passage that answers the question."""
        return passage_of(self.question)


@dataclass(frozen=True)
class ResultPage:
    """What was understood and what to look at again.

    `course_key` is the course in which it counts, since the lesson may have moved.
    `last` is the feedback on the answer just given, if there was one.
    """

    template: ClassVar[str] = "quizzes/result.html"
    has_record: ClassVar[bool] = True

    understood: list[dict[str, Any]]
    again: list[dict[str, Any]]
    is_passed: bool
    notices: list[RegradeNotice]
    correction: AttemptHistory | None
    last: FeedbackPage | None
    course_key: UUID
    own_url: str

    @classmethod
    def of(
        cls,
        outcome: LessonOutcome,
        notices: list[RegradeNotice],
        correction: AttemptHistory | None,
        last: FeedbackPage | None,
    ) -> "ResultPage":
        return cls(
            understood=[
                {
                    "stem": question.stem,
                    "known": kind_of(question).right_in_words(question),
                }
                for question in outcome.understood
            ],
            again=[
                {
                    "key": question.key,
                    "stem": question.stem,
                    "passage": passage_of(question),
                }
                for question in outcome.again
            ],
            is_passed=outcome.is_passed,
            notices=notices,
            correction=correction,
            last=last,
            course_key=outcome.attempt.enrolment.course_key,
            own_url=reverse("result_of_attempt", args=[outcome.attempt.uuid]),
        )

    @property
    def total(self) -> int:
        return len(self.understood) + len(self.again)

"""Everything that quizzes hold about a learner, for a download."""

from typing import Any

from accounts.models import Learner
from quizzes.kinds import kind_of
from quizzes.models import Answer


def attempts_record(learner: Learner) -> list[dict[str, Any]]:
    """Return all attempts in the words seen, as plain values, for a download."""
    attempts = (
        learner.attempts.select_related("paper")
        .prefetch_related("answers", "grades")
        .order_by("started_at", "number")
    )
    return [_attempt_record(attempt) for attempt in attempts]


def _attempt_record(attempt):
    paper = attempt.paper.content
    return {
        "lesson": paper.title,
        "number": attempt.number,
        "state": attempt.state,
        "started": attempt.started_at.isoformat(),
        "answered_with": attempt.answered_with,
        "submitted": attempt.submitted_at and attempt.submitted_at.isoformat(),
        "answers": [
            _answer_record(answer, paper)
            for answer in sorted(attempt.answers.all(), key=lambda a: a.given_at)
        ],
        "grades": [
            {"run": grade.run, "right": grade.right, "out_of": grade.out_of}
            for grade in sorted(attempt.grades.all(), key=lambda g: g.run)
        ],
    }


def _answer_record(answer, paper):
    question = paper.question(str(answer.question_key))
    return {
        "question": question.stem,
        "answer": kind_of(question).in_words(question, answer.response),
        "not_sure": answer.not_sure,
        "signed_in": answer.origin == Answer.Origin.ACCOUNT,
        "given": answer.given_at.isoformat(),
    }

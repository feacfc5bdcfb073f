"""Reverting to an older revision restores its words, but not its right answers."""

import json
from typing import Any

from course.models import LessonPage
from quizzes.kinds import kind_of
from quizzes.models import Question
from quizzes.rules.question_comparison import is_same_key

# Decided again for each draft. The old revision's decisions have already taken effect.
DECISIONS = ("kind_of_change", "given_answers")


def keep_what_is_right_now(*, then: LessonPage, now: LessonPage) -> bool:
    """Give the old revision the current right answers and decisions, in memory.

    Return whether any right answer differed. A question that is no longer in the lesson
    comes back unchanged.
    """
    for name in DECISIONS:
        setattr(then, name, getattr(now, name))
    known = {question.translation_key: question for question in now.questions.all()}
    questions = list(then.questions.all())
    differed = [
        _take_key(question, known[question.translation_key])
        for question in questions
        if question.translation_key in known
    ]
    then.questions.set(questions)
    return any(differed)


def _take_key(old: Question, new: Question) -> bool:
    """Give the old question the new one's key. Return whether the key differed."""
    before, now = old.frozen(), new.frozen()
    if is_same_key(before, now):
        return False
    is_marked = old.kind == new.kind and kind_of(now).is_right_marked
    if is_marked and _ids(before) == _ids(now):
        _mark_as(old, {option.id: option.right for option in now.options})
    else:
        old.kind, old.options = new.kind, json.dumps(_stream(new))
        old.tolerance, old.unit = new.tolerance, new.unit
    return True


def _mark_as(question: Question, right: dict[str, bool]) -> None:
    stream = _stream(question)
    for option in stream:
        option["value"]["right"] = right[option["id"]]
    question.options = json.dumps(stream)


def _stream(question: Question) -> list[dict[str, Any]]:
    return list(question.options.get_prep_value())


def _ids(question) -> set[str]:
    return {option.id for option in question.options}

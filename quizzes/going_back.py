"""Going back to an older revision brings its words, not what was right then."""

import json
from typing import Any

from course.models import LessonPage
from quizzes.models import Question

# Decided anew for each draft; an old one was carried out long ago.
DECISIONS = ("kind_of_change", "given_answers")


def keep_what_is_right_now(*, then: LessonPage, now: LessonPage) -> bool:
    """Give the old revision the right answers and the decisions of now, in memory.

    Returns whether any right answer differed. A question that is not in the lesson any
    more comes back as it was.
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
    """Give the old question the new one's key; return whether it was another one."""
    before, options = _stream(old), _stream(new)
    if _key(old.kind, before) == _key(new.kind, options):
        return False
    right = {option["id"]: option["value"]["right"] for option in options}
    if old.kind != new.kind or old.kind == "ordering" or not _same_ids(before, options):
        old.kind, old.options = new.kind, json.dumps(options)
        return True
    for option in before:
        option["value"]["right"] = right[option["id"]]
    old.options = json.dumps(before)
    return True


def _stream(question: Question) -> list[dict[str, Any]]:
    return list(question.options.get_prep_value())


def _same_ids(before, options) -> bool:
    return {each["id"] for each in before} == {each["id"] for each in options}


def _key(kind, options):
    if kind == "ordering":
        return kind, [option["id"] for option in options]
    return kind, {(option["id"], bool(option["value"]["right"])) for option in options}

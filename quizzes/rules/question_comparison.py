"""Compare two versions of a question. Pure."""

from dataclasses import replace
from typing import Any

from course.rules.comparison import is_same_content
from quizzes.kinds import kind_of
from quizzes.rules.paper import FrozenPaper, FrozenQuestion


def is_same_wording(one: FrozenQuestion, other: FrozenQuestion) -> bool:
    """Return whether both look the same to learners. The key may differ."""
    return is_same_content(_wording(one), _wording(other))


def _wording(question: FrozenQuestion) -> Any:
    return {
        "kind": question.kind,
        "stem": question.stem,
        "options": kind_of(question).read_before(question),
    }


def is_same_key(one: FrozenQuestion, other: FrozenQuestion) -> bool:
    """Return whether both mark every answer in the same way."""
    return one.kind == other.kind and kind_of(one).key(one) == kind_of(other).key(other)


def is_same_question(one: FrozenQuestion, other: FrozenQuestion) -> bool:
    """Return whether both ask the same in two languages: options and right answers.

    Whatever is answered to one is read and marked alike on the other.
    """
    options = ({(o.id, o.right) for o in each.options} for each in (one, other))
    return (
        one.key == other.key
        and one.critical == other.critical
        and is_same_key(one, other)
        and next(options) == next(options)
    )


def use_words_of(translated: FrozenPaper, paper: FrozenPaper) -> FrozenPaper:
    """Return the paper with each question in the other language, if it is the same."""
    found = {question.key: question for question in translated.questions}
    return replace(
        paper,
        questions=tuple(
            found[own.key]
            if own.key in found and is_same_question(own, found[own.key])
            else own
            for own in paper.questions
        ),
    )


def use_words_in(question: FrozenQuestion, asked: FrozenQuestion) -> FrozenQuestion:
    """Return the question in the words of another version, option by option.

    An option that the other version does not have keeps its own words.
    """
    words = {option.id: option for option in asked.options}
    return replace(
        question,
        stem=asked.stem,
        options=tuple(
            replace(option, text=words[option.id].text, match=words[option.id].match)
            if option.id in words
            else option
            for option in question.options
        ),
    )


def teaches_the_same(one: FrozenQuestion, other: FrozenQuestion) -> bool:
    """Return whether both have the same wording, key and explanations."""
    return is_same_key(one, other) and is_same_content(_taught(one), _taught(other))


def _taught(question: FrozenQuestion) -> Any:
    return _wording(question) | {
        "said_of_options": {
            o.id: (o.text, o.match, o.feedback) for o in question.options
        },
        "feedback": question.feedback,
        "critical": question.critical,
    }


def is_other_answer(before: FrozenQuestion, now: FrozenQuestion) -> bool:
    """Return whether the right answers have different wording."""
    words = (kind_of(each).right_in_words(each) for each in (before, now))
    return not is_same_content(*words)


def answer_differs(
    before: FrozenQuestion, now: FrozenQuestion, *, by_words: bool
) -> bool:
    """Return whether the right answer differs, or, with `by_words`, its wording."""
    if by_words and is_other_answer(before, now):
        return True
    old, new = (kind_of(each).right_answer(each) for each in (before, now))
    return old != new

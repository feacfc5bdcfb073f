"""Who guesses by the wording of options must not pass."""

import pytest

from quizzes.rules.guessing import (
    FEWEST_QUESTIONS,
    LIMIT,
    shares_right,
    strategies_that_pass,
)
from quizzes.rules.paper import FrozenOption, FrozenQuestion


def a_quiz(*texts, number=FEWEST_QUESTIONS):
    """Return questions whose first option is right."""
    options = tuple(
        FrozenOption(id=text, text=text, right=not place, feedback="Why.")
        for place, text in enumerate(texts)
    )
    return [a_question(options) for _number in range(number)]


def a_question(options):
    return FrozenQuestion(
        key="",
        handle="",
        kind="single_choice",
        stem="What is it?",
        critical=False,
        feedback="",
        sources=(),
        answered_in="",
        options=options,
    )


@pytest.mark.parametrize(
    ("strategy", "options"),
    [
        ("longest", ["It grows back within some weeks or so", "It stays", "It goes"]),
        ("most_hedged", ["It may help", "It does help", "It hurts"]),
        ("most_sceptical", ["Nobody knows", "Doctors know", "Clinics know"]),
        ("fewest_absolute_words", ["It helps", "It always helps", "All get it"]),
        ("most_absolute_words", ["Call at once", "Call later", "Wait a day"]),
    ],
)
def test_a_quiz_that_one_cue_gives_away_is_found(strategy, options):
    assert strategies_that_pass(a_quiz(*options))[strategy] == 1


def test_equal_options_are_each_picked_as_often():
    shares = shares_right(a_quiz("a cell", "a root", "a hair"))

    assert list(shares.values()) == pytest.approx([1 / 3] * len(shares))
    assert max(shares.values()) < LIMIT


def test_a_few_questions_are_not_judged():
    quiz = a_quiz("It may help", "It helps", number=FEWEST_QUESTIONS - 1)

    assert not shares_right(quiz)

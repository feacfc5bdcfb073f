"""Familiar words read easily, whatever their length."""

import pytest

from course.rules.dale_chall import dale_chall_score, is_familiar


def test_the_score_is_that_of_the_formula():
    # 10 words, 1 of them unfamiliar, in 2 sentences.
    text = "The cat sat on the mat. Each follicle was small."

    assert not is_familiar("follicle")
    assert dale_chall_score(text) == pytest.approx(
        0.1579 * 10 + 0.0496 * 5 + 3.6365, abs=0.001
    )


def test_a_text_of_familiar_words_only_gets_no_penalty():
    assert dale_chall_score("The cat sat on the mat.") == pytest.approx(0.0496 * 6)


@pytest.mark.parametrize("word", ["cats", "stories", "stopped", "making", "2026"])
def test_regular_forms_and_numbers_are_familiar(word):
    assert is_familiar(word)


@pytest.mark.parametrize("word", ["exosome", "minoxidil", "randomised"])
def test_words_of_medicine_are_not(word):
    assert not is_familiar(word)


def test_no_text_has_no_score():
    assert dale_chall_score("") == 0

"""Five words that forgive case, blanks, accents and one wrong letter each."""

import random
import secrets

import pytest
from hypothesis import given
from hypothesis import strategies as st

from progress.rules.resume_words import (
    HOW_MANY,
    MOST_CANDIDATES,
    candidate_words,
    draw_words,
    plain_words,
)

LANGUAGES = ("en", "es", "fr", "it", "pt", "cs", "tr", "ru")
LETTERS = "abcdefghijklmnopqrstuvwxyz"


@st.composite
def drawn_words(draw):
    """Return a language, and five words as somebody gets them."""
    language = draw(st.sampled_from(LANGUAGES))
    dice = random.Random(draw(st.integers()))  # noqa: S311
    return language, draw_words(language, dice.choice)


def with_one_wrong_letter(draw, word):
    place = draw(st.integers(0, len(word) - 1))
    return word[:place] + draw(st.sampled_from(LETTERS)) + word[place + 1 :]


@given(drawn_words(), st.data())
def test_one_wrong_letter_in_every_word_is_forgiven(drawn, data):
    language, words = drawn
    plain = plain_words(" ".join(words))
    typed = [with_one_wrong_letter(data.draw, word) for word in plain]
    candidates = candidate_words(" ".join(typed), language)
    assert plain in candidates
    assert len(candidates) <= MOST_CANDIDATES


@given(drawn_words(), st.sampled_from([" ", "  ", "\n", "-", ", ", " / "]))
def test_case_blanks_and_signs_between_words_are_forgiven(drawn, between):
    language, words = drawn
    typed = f" {between.join(words).upper()} "
    assert plain_words(" ".join(words)) in candidate_words(typed, language)


@given(drawn_words(), st.data())
def test_two_wrong_letters_in_a_word_are_not(drawn, data):
    language, words = drawn
    first, *others = plain_words(" ".join(words))
    place = data.draw(st.integers(0, len(first) - 2))
    typed = [first[:place] + "##" + first[place + 2 :], *others]
    assert (first, *others) not in candidate_words(" ".join(typed), language)


@given(drawn_words())
def test_words_are_found_from_a_page_in_another_language(drawn):
    _language, words = drawn
    assert plain_words(" ".join(words)) in candidate_words(" ".join(words), "en")


@given(st.text(max_size=200))
def test_whatever_is_typed_makes_few_candidates(text):
    assert len(candidate_words(text, "en")) <= MOST_CANDIDATES


@pytest.mark.parametrize("language", ["ar", "en-gb", "de", ""])
def test_a_language_without_a_list_gets_english_words(language):
    words = draw_words(language, secrets.choice)
    assert words in candidate_words(" ".join(words), "en")


def test_accents_need_not_be_typed():
    assert plain_words("Ábaco ÉTOILE ñandú") == ("abaco", "etoile", "nandu")


@pytest.mark.parametrize(
    "text", ["", "able about above", "able " * 6, "x" * 5000, "able " * 5 + " " * 5000]
)
def test_anything_but_five_words_is_none(text):
    assert candidate_words(text, "en") == []


def test_words_that_leave_too_many_candidates_are_not_handed_out():
    near = iter(["cat", "bar", "car", "man", "can", *["able", "about"] * 5])
    words = draw_words("en", lambda listed: next(near))
    assert len(words) == HOW_MANY
    assert "cat" not in words

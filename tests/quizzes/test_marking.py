"""Marking is exact: every case can be worked out by hand, and many are."""

import unicodedata
from dataclasses import replace
from fractions import Fraction
from itertools import combinations, permutations

from hypothesis import given
from hypothesis import strategies as st

from quizzes import kinds
from quizzes.kinds import kind_of
from quizzes.models import Answer
from quizzes.rules.marking import is_passed, is_right, mark_paper
from quizzes.rules.numbers import readings_of, unambiguous_text
from quizzes.rules.paper import (
    FrozenOption,
    FrozenPaper,
    FrozenQuestion,
    Response,
    digest_paper,
    draw_options,
    from_payload,
    to_payload,
)
from quizzes.rules.spelling import fold_spelling

# Neither ids nor keys stand in the order of the alphabet, so that sorting them shows.
IDS = "dbaec"
NUMBERS = ("3", "0.5", "-2.25", "1000", "1.1250")
WORDS = ("", "Yes", "Yes ", "„Ja“\n", "cafe\u0301", "caf\u00e9", "\x00\u2028")


def subsets(things):
    sizes = range(1, len(things) + 1)
    return [some for size in sizes for some in combinations(things, size)]


OPTIONS = {
    "numeric": [
        [FrozenOption("n", number, right=False, feedback="")] for number in NUMBERS
    ],
    "short_text": [
        [FrozenOption(word, word, right=False, feedback="") for word in words]
        for words in subsets(("Follicle", "caf\u00e9", "stem-cell"))
    ],
    "matching": [
        [
            FrozenOption(
                id, f"Text {id}", right=False, feedback="", match=f"Match {match}"
            )
            for id, match in zip(IDS, matches, strict=False)
        ]
        for matches in ("12", "121", "321", "1213", "43215")
    ],
}


def every_question(kind):
    """Return a question for each number of options and whichever of them are right.

    Made once: to draw each part of each question takes ten times as long as all else.
    """
    return [
        FrozenQuestion(
            key="question",
            handle="q",
            kind=kind,
            stem=WORDS[place % len(WORDS)],
            critical=critical,
            feedback="",
            sources=("S1",),
            answered_in="#a",
            options=tuple(options),
            tolerance="0.25" if kind == "numeric" and place % 2 else "",
        )
        for place, options in enumerate(OPTIONS.get(kind) or every_choice(kind))
        for critical in (False, True)
    ]


def every_choice(kind):
    return [
        [
            FrozenOption(id, word, id in right, "Why.")
            for id, word in zip(IDS[:size], WORDS, strict=False)
        ]
        for size in ([2] if kind == "true_false" else range(2, 6))
        for right in subsets(IDS[:size])
        if kind == "multiple_response" or len(right) == 1
    ]


QUESTIONS = {kind: st.sampled_from(every_question(kind)) for kind in kinds.NAMES}
a_question = st.sampled_from(kinds.NAMES).flatmap(QUESTIONS.get)
of_options = [name for name in kinds.NAMES if kinds.kind_named(name).offers_options]
with_options = st.sampled_from(of_options).flatmap(QUESTIONS.get)


@st.composite
def a_paper(draw):
    questions = tuple(
        replace(question, key=f"question-{9 - place}")
        for place, question in enumerate(
            draw(st.lists(a_question, min_size=1, max_size=5))
        )
    )
    title, share = draw(st.text(max_size=20)), draw(st.integers(0, 100))
    return FrozenPaper("lesson", "en", title, share, questions)


@st.composite
def some_options(draw, question):
    """Return the ids of none, some or all options in any order."""
    size = draw(st.integers(0, len(question.options)))
    names = [option.id for option in question.options]
    return draw(st.sampled_from(list(permutations(names, size))))


def the_key(question):
    return kind_of(question).right_response(question)


@given(a_question)
def test_the_key_is_right(question):
    assert is_right(question, the_key(question))


@given(a_question)
def test_not_sure_is_never_right(question):
    assert not is_right(question, replace(the_key(question), not_sure=True))


@given(a_question)
def test_a_response_survives_being_stored(question):
    for response in (the_key(question), Response(not_sure=True)):
        assert Answer(**Answer.fields_of(response)).response == response


@given(with_options, st.data())
def test_any_other_response_is_not_right(question, data):
    other = data.draw(some_options(question))
    key = the_key(question).options
    in_order = kind_of(question).shape == "steps"
    same = other == key if in_order else set(other) == set(key)
    assert is_right(question, Response(other)) == same


def a_number(value, tolerance):
    option = FrozenOption("n", unambiguous_text(value), right=False, feedback="")
    far = unambiguous_text(tolerance)
    return FrozenQuestion(
        "k", "q", "numeric", "?", False, "", (), "", (option,), tolerance=far
    )


decimals = st.fractions(-9999, 9999, max_denominator=1000).map(
    lambda number: Fraction(round(number * 1000), 1000)
)


@given(decimals, decimals.map(abs), decimals, st.sampled_from(".,"))
def test_a_number_is_right_as_far_as_its_tolerance_reaches(value, far, off, sign):
    typed = unambiguous_text(value + off).replace(".", sign)
    assert is_right(a_number(value, far), Response(text=typed)) == (abs(off) <= far)


@given(
    st.integers(1000, 10**12),
    st.sampled_from(
        [" ", "\N{NO-BREAK SPACE}", "\N{RIGHT SINGLE QUOTATION MARK}", ",", "."]
    ),
)
def test_a_number_may_be_typed_in_groups_of_three(number, sign):
    typed = f"{number:,}".replace(",", sign)
    assert is_right(a_number(Fraction(number), Fraction(0)), Response(text=typed))
    other = a_number(Fraction(number + 1), Fraction(0))
    assert not is_right(other, Response(text=typed))


@given(st.text(max_size=60))
def test_no_text_breaks_the_reading_of_numbers(text):
    assert len(readings_of(text)) <= 2


@given(decimals)
def test_a_written_number_is_read_as_it_was(number):
    assert readings_of(unambiguous_text(number)) == [number]


LATIN = st.text(
    "abcdefghijklmnopqrstuvwxyz \u00e9\u00f6\u00e7\u00df-", min_size=1, max_size=20
)


def a_word(*spellings):
    options = tuple(FrozenOption(s, s, right=False, feedback="") for s in spellings)
    return FrozenQuestion("k", "q", "short_text", "?", False, "", (), "", options)


@given(
    LATIN.filter(fold_spelling), LATIN, st.sampled_from(["NFC", "NFD", "NFKC", "NFKD"])
)
def test_case_accents_and_spaces_make_no_other_word(word, other, form):
    question = a_word("never typed", word)
    typed = f"  {unicodedata.normalize(form, word.upper())}. "
    assert is_right(question, Response(text=typed))
    bare = "".join(c for c in unicodedata.normalize("NFD", word) if ord(c) < 0x300)
    assert is_right(question, Response(text=bare))
    if fold_spelling(other) not in (fold_spelling(word), "never typed"):
        assert not is_right(question, Response(text=other))


@given(st.text())
def test_folding_a_word_again_changes_nothing(word):
    assert fold_spelling(fold_spelling(word)) == fold_spelling(word)


@given(QUESTIONS["matching"], st.data())
def test_pairs_are_right_only_if_each_is(question, data):
    right = the_key(question).pairs
    matches = [option.match for option in question.options]
    given_ = tuple((pair, data.draw(st.sampled_from(matches))) for pair, _m in right)
    assert is_right(question, Response(pairs=given_)) == (given_ == right)
    less = data.draw(st.sampled_from(right))
    assert not is_right(question, Response(pairs=tuple(p for p in right if p != less)))


@given(a_paper(), st.data())
def test_marks_share_out_all_that_was_asked(paper, data):
    responses = {
        question.key: data.draw(
            st.sampled_from([the_key(question), Response(not_sure=True), Response()])
        )
        for question in paper.questions
    }
    marks = mark_paper(paper, paper.keys, responses)
    assert marks.out_of == len(paper.keys)
    assert {*marks.right, *marks.wrong, *marks.not_sure} == set(paper.keys)
    assert set(marks.right) == {
        key
        for key, given_ in responses.items()
        if given_ == the_key(paper.question(key))
    }


@given(a_paper())
def test_all_right_passes_and_none_right_does_only_without_demands(paper):
    assert is_passed(paper, paper.keys)
    demands = paper.pass_share > 0 or any(q.critical for q in paper.questions)
    assert is_passed(paper, ()) is not demands


@given(a_paper(), st.data())
def test_one_more_right_never_undoes_a_pass(paper, data):
    some = data.draw(st.sets(st.sampled_from(paper.keys)))
    more = some | data.draw(st.sets(st.sampled_from(paper.keys)))
    if is_passed(paper, some):
        assert is_passed(paper, more)


def plain(number, *, critical=False):
    option = FrozenOption(f"o{number}", "Right", right=True, feedback="")
    return FrozenQuestion(
        f"k{number}", "q", "single_choice", "?", critical, "", (), "", (option,)
    )


def test_three_of_five_reach_sixty_per_cent_and_two_do_not():
    paper = FrozenPaper("l", "en", "t", 60, tuple(plain(n) for n in range(5)))
    assert is_passed(paper, {"k0", "k1", "k2"})
    assert not is_passed(paper, {"k0", "k1"})


def test_a_critical_question_must_be_right_however_high_the_share():
    questions = (plain(0, critical=True), *(plain(n) for n in range(1, 6)))
    paper = FrozenPaper("l", "en", "t", 60, questions)
    assert not is_passed(paper, {"k1", "k2", "k3", "k4", "k5"})
    assert is_passed(paper, {"k0", "k1", "k2", "k3"})


def test_right_answers_to_questions_no_longer_asked_do_not_count():
    paper = FrozenPaper("l", "en", "t", 60, tuple(plain(n) for n in range(5)))
    assert not is_passed(paper, {"k0", "k1", "gone-1", "gone-2"})


def test_a_paper_without_questions_is_never_passed():
    assert not is_passed(FrozenPaper("l", "en", "t", 0, ()), ())


@given(a_paper())
def test_a_paper_survives_being_stored(paper):
    assert from_payload(to_payload(paper)) == paper
    assert digest_paper(paper) == digest_paper(from_payload(to_payload(paper)))


@given(a_paper(), a_question)
def test_another_wording_is_another_paper(paper, question):
    changed = FrozenPaper(
        "lesson", "en", paper.title, paper.pass_share, (*paper.questions, question)
    )
    assert digest_paper(changed) != digest_paper(paper)


@given(a_question, st.text(min_size=1))
def test_drawing_keeps_all_options_and_is_always_the_same(question, seed):
    once = draw_options(question, seed, shuffled=True)
    assert once == draw_options(question, seed, shuffled=True)
    assert set(once.options) == set(question.options)
    assert draw_options(question, seed, shuffled=False) == question


def test_different_learners_see_different_orders():
    options = tuple(FrozenOption(f"o{n}", "", n == 0, "") for n in range(4))
    question = FrozenQuestion(
        "k", "q", "single_choice", "?", False, "", (), "", options
    )
    orders = {
        draw_options(question, f"seed {n}", shuffled=True).options for n in range(200)
    }
    assert len(orders) > 12

"""Marking is exact: every case can be worked out by hand, and many are."""

from dataclasses import replace
from itertools import combinations, permutations

from hypothesis import given
from hypothesis import strategies as st

from quizzes import kinds
from quizzes.marking import is_passed, is_right, mark_paper
from quizzes.paper import (
    Option,
    Paper,
    Question,
    Response,
    digest_paper,
    draw_options,
    from_payload,
    to_payload,
)

# Neither ids nor keys stand in the order of the alphabet, so that sorting them shows.
IDS = "dbaec"
WORDS = ("", "Yes", "Yes ", "„Ja“\n", "cafe\u0301", "caf\u00e9", "\x00\u2028")


def subsets(things):
    sizes = range(1, len(things) + 1)
    return [some for size in sizes for some in combinations(things, size)]


def every_question(kind):
    """Return a question for each number of options and whichever of them are right.

    Made once: to draw each part of each question takes ten times as long as all else.
    """
    return [
        Question(
            key="question",
            handle="q",
            kind=kind,
            stem=WORDS[(size + len(right)) % len(WORDS)],
            critical=critical,
            feedback="",
            sources=("S1",),
            answered_in="#a",
            options=tuple(
                Option(id, word, id in right, "Why.")
                for id, word in zip(IDS[:size], WORDS, strict=False)
            ),
        )
        for size in ([2] if kind == "true_false" else range(2, 6))
        for right in subsets(IDS[:size])
        if kind == "multiple_response" or len(right) == 1
        for critical in (False, True)
    ]


QUESTIONS = {kind: st.sampled_from(every_question(kind)) for kind in kinds.NAMES}
a_question = st.sampled_from(kinds.NAMES).flatmap(QUESTIONS.get)


@st.composite
def a_paper(draw):
    questions = tuple(
        replace(question, key=f"question-{9 - place}")
        for place, question in enumerate(
            draw(st.lists(a_question, min_size=1, max_size=5))
        )
    )
    title, share = draw(st.text(max_size=20)), draw(st.integers(0, 100))
    return Paper("lesson", "en", title, share, questions)


@st.composite
def some_options(draw, question):
    """Return the ids of none, some or all options in any order."""
    size = draw(st.integers(0, len(question.options)))
    names = [option.id for option in question.options]
    return draw(st.sampled_from(list(permutations(names, size))))


def the_key(question):
    if question.kind == "ordering":
        return Response(tuple(option.id for option in question.options))
    return Response(tuple(option.id for option in question.options if option.right))


@given(a_question)
def test_the_key_is_right(question):
    assert is_right(question, the_key(question))


@given(a_question)
def test_not_sure_is_never_right(question):
    assert not is_right(question, Response(the_key(question).options, not_sure=True))


@given(a_question, st.data())
def test_any_other_response_is_not_right(question, data):
    other = data.draw(some_options(question))
    key = the_key(question).options
    same = other == key if question.kind == "ordering" else set(other) == set(key)
    assert is_right(question, Response(other)) == same


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
    option = Option(f"o{number}", "Right", right=True, feedback="")
    return Question(
        f"k{number}", "q", "single_choice", "?", critical, "", (), "", (option,)
    )


def test_three_of_five_reach_sixty_per_cent_and_two_do_not():
    paper = Paper("l", "en", "t", 60, tuple(plain(n) for n in range(5)))
    assert is_passed(paper, {"k0", "k1", "k2"})
    assert not is_passed(paper, {"k0", "k1"})


def test_a_critical_question_must_be_right_however_high_the_share():
    questions = (plain(0, critical=True), *(plain(n) for n in range(1, 6)))
    paper = Paper("l", "en", "t", 60, questions)
    assert not is_passed(paper, {"k1", "k2", "k3", "k4", "k5"})
    assert is_passed(paper, {"k0", "k1", "k2", "k3"})


def test_right_answers_to_questions_no_longer_asked_do_not_count():
    paper = Paper("l", "en", "t", 60, tuple(plain(n) for n in range(5)))
    assert not is_passed(paper, {"k0", "k1", "gone-1", "gone-2"})


def test_a_paper_without_questions_is_never_passed():
    assert not is_passed(Paper("l", "en", "t", 0, ()), ())


@given(a_paper())
def test_a_paper_survives_being_stored(paper):
    assert from_payload(to_payload(paper)) == paper
    assert digest_paper(paper) == digest_paper(from_payload(to_payload(paper)))


@given(a_paper(), a_question)
def test_another_wording_is_another_paper(paper, question):
    changed = Paper(
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
    options = tuple(Option(f"o{n}", "", n == 0, "") for n in range(4))
    question = Question("k", "q", "single_choice", "?", False, "", (), "", options)
    orders = {
        draw_options(question, f"seed {n}", shuffled=True).options for n in range(200)
    }
    assert len(orders) > 12

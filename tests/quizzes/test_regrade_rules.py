"""What a choice does to marks: properties of any paper, any change, any answers."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.kinds import kind_of
from quizzes.rules.marking import is_right, mark_paper
from quizzes.rules.paper import FrozenOption, FrozenPaper, FrozenQuestion, Response
from quizzes.rules.regrading import (
    MarkedOutcome,
    RegradeCounts,
    change_between,
    effect_of_choice,
    passes_by_new_rule,
    passes_either_rule,
    regrade_marks,
)
from tests.quizzes.test_marking import (
    a_paper,
    every_question,
    some_options,
    subsets,
    the_key,
)

ALONE = ("keep", "new_only")
CHOICES = (*ALONE, "full_credit", "both_right", "re_mark")


@st.composite
def an_option_change(draw, question):
    """Return the question with another key, or with other options, in other order."""
    if not kind_of(question).offers_options:
        return draw(another_key(question))
    options = list(draw(st.permutations(question.options)))
    right = draw(st.sampled_from([(), *subsets(options)]))
    options = [replace(option, right=option in right) for option in options]
    if draw(st.booleans()):
        options.append(FrozenOption("one-more", "More", right=False, feedback=""))
    if draw(st.booleans()):
        options.pop()
    return replace(question, options=tuple(options))


def another_key(question):
    """Return questions of the same kind that can be asked: papers hold no others."""
    others = [q for q in every_question(question.kind) if q.critical]
    return st.sampled_from(
        [replace(q, key=question.key, critical=question.critical) for q in others]
    )


@st.composite
def a_response(draw, question):
    """Return an answer of which something is known."""
    chosen = draw(some_options(question)) or (question.options[0].id,)
    wrong = kind_of(question).wrong_responses(question)
    given_ = [the_key(question), *wrong, Response(chosen)]
    return draw(st.sampled_from([*given_, replace(given_[-1], not_sure=True)]))


def test_an_answer_that_is_forgotten_keeps_its_mark():
    before = FrozenPaper("lesson", "en", "", 60, (a_question(1),))
    marks = mark_paper(before, ["k1"], {"k1": Response(("o1-0",))})
    for choice in ("re_mark", "both_right"):
        now = replace(before, questions=(a_question(1, right=(1,)),))
        assert under(choice, before, now, {"k1": Response()}, marks) == marks


@st.composite
def an_edit(draw):
    """Return a paper, what it became, and the responses to the first."""
    before = draw(a_paper())
    questions = [
        draw(st.one_of(st.just(q), an_option_change(q))) for q in before.questions
    ]
    if draw(st.booleans()):
        questions.pop()
    responses = {q.key: draw(a_response(q)) for q in before.questions}
    return before, replace(before, questions=tuple(questions)), responses


def under(choice, before, now, responses, marks=None):
    return regrade_marks(
        marks or mark_paper(before, before.keys, responses),
        before.keys,
        responses,
        changed=change_between(before, now).questions,
        now=now,
        choice=choice,
    )


@given(an_edit(), st.sampled_from(ALONE))
def test_keeping_and_new_only_change_nothing(edit, choice):
    before, _now, responses = edit
    assert under(choice, *edit) == mark_paper(before, before.keys, responses)


@given(an_edit(), st.sampled_from(["full_credit", "both_right"]))
def test_full_credit_and_both_right_never_lower(edit, choice):
    before, _now, responses = edit
    old = mark_paper(before, before.keys, responses)
    assert set(old.right) <= set(under(choice, *edit).right)


@given(an_edit())
def test_full_credit_counts_every_changed_question_right(edit):
    before, now, responses = edit
    old = mark_paper(before, before.keys, responses)
    changed = change_between(before, now).questions
    assert set(under("full_credit", *edit).right) == set(old.right) | changed


@given(an_edit())
def test_both_right_is_right_by_the_old_or_by_the_new_key(edit):
    before, now, responses = edit
    assert set(under("both_right", *edit).right) == {
        key
        for key, response in responses.items()
        if is_right(before.question(key), response)
        or (key in now.keys and is_right(now.question(key), response))
    }


@given(an_edit())
def test_re_marking_equals_marking_by_the_new_key(edit):
    before, now, responses = edit
    still = [key for key in before.keys if key in now.keys]
    new, again = mark_paper(now, still, responses), under("re_mark", *edit)
    assert [key for key in again.right if key in still] == list(new.right)
    assert [key for key in again.wrong if key in still] == list(new.wrong)
    assert [key for key in again.not_sure if key in still] == list(new.not_sure)


@given(an_edit(), st.sampled_from(CHOICES))
def test_doing_it_twice_adds_nothing_and_loses_no_question(edit, choice):
    before, _now, _responses = edit
    once = under(choice, *edit)
    assert once.out_of == len(before.keys)
    assert under(choice, *edit, marks=once) == once


@given(an_edit(), st.sampled_from(CHOICES))
def test_what_was_not_changed_keeps_its_mark(edit, choice):
    before, now, responses = edit
    changed = change_between(before, now).questions
    old, new = mark_paper(before, before.keys, responses), under(choice, *edit)
    assert set(old.right) - changed == set(new.right) - changed
    assert set(old.not_sure) - changed == set(new.not_sure) - changed


def a_question(number, *, right=(0,), critical=False, kind="single_choice"):
    options = tuple(
        FrozenOption(f"o{number}-{n}", f"Option {n}", n in right, "") for n in range(3)
    )
    return FrozenQuestion(f"k{number}", "q", kind, "?", critical, "", (), "", options)


def a_plain_paper(*questions, share=60):
    return FrozenPaper("l", "en", "t", share, questions)


def test_wording_feedback_and_further_questions_are_no_change():
    before = a_plain_paper(a_question(1))
    reworded = replace(a_question(1), stem="Put better?", feedback="More.")
    now = replace(before, title="New", questions=(reworded, a_question(2)))
    assert not change_between(before, now)


@pytest.mark.parametrize(
    "now",
    [
        a_question(1, right=(1,)),
        replace(a_question(1), options=a_question(1).options[:2]),
        replace(a_question(1), kind="multiple_response"),
    ],
    ids=["key", "option removed", "kind"],
)
def test_a_key_an_option_or_the_kind_is_a_change(now):
    change = change_between(a_plain_paper(a_question(1)), a_plain_paper(now))
    assert change.questions == {"k1"}
    assert not change.rule


def test_order_matters_only_where_order_is_asked():
    choice, order = a_question(1), a_question(2, kind="ordering")
    turned = [replace(q, options=q.options[::-1]) for q in (choice, order)]
    change = change_between(a_plain_paper(choice, order), a_plain_paper(*turned))
    assert change.questions == {"k2"}


def test_the_share_and_critical_are_the_pass_rule():
    before = a_plain_paper(a_question(1))
    assert change_between(before, replace(before, pass_share=80)).rule
    critical = a_plain_paper(a_question(1, critical=True))
    change = change_between(before, critical)
    assert change.rule
    assert change.touches([])


def test_a_kinder_rule_passes_and_a_stricter_one_takes_nothing_away():
    own = a_plain_paper(a_question(1), a_question(2))
    kinder, stricter = replace(own, pass_share=50), replace(own, pass_share=100)
    assert passes_either_rule(own, kinder, {"k1"})
    assert not passes_either_rule(own, stricter, {"k1"})
    assert passes_either_rule(kinder, stricter, {"k1"})
    assert not passes_by_new_rule(kinder, stricter, {"k1"})


def test_effects_are_counted_apart():
    one, two = MarkedOutcome(1, is_passed=False), MarkedOutcome(2, is_passed=True)
    low = MarkedOutcome(0, is_passed=False)
    effects = [
        effect_of_choice(one, one),
        effect_of_choice(one, two),
        effect_of_choice(two, one),
        effect_of_choice(one, low),
    ]
    assert effects == ["unchanged", "rises", "drops", "falls"]
    assert RegradeCounts.of(effects) == RegradeCounts(
        touched=4, unchanged=1, rise=1, fall=1, drop=1
    )

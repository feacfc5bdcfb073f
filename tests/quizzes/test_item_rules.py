"""Each rule of item writing finds its flaw, and a sound question has none."""

from dataclasses import replace

import pytest

from quizzes import kinds
from quizzes.rules.item_rules import Finding, find_item_faults
from quizzes.rules.paper import FrozenOption, FrozenQuestion


def an_item(handle, kind, stem, options, *, feedback, sources):
    return FrozenQuestion(
        handle, handle, kind, stem, False, feedback, sources, "", options
    )


SOUND = an_item(
    handle="sound",
    kind="single_choice",
    stem="What comes before any treatment?",
    options=(
        FrozenOption(
            "Finding out the cause",
            "Finding out the cause",
            right=True,
            feedback="Causes differ.",
        ),
        FrozenOption(
            "Choosing a clinic soon",
            "Choosing a clinic soon",
            right=False,
            feedback="That can wait.",
        ),
        FrozenOption(
            "Waiting for more loss",
            "Waiting for more loss",
            right=False,
            feedback="Speed may matter.",
        ),
    ),
    feedback="",
    sources=("S43",),
)
ORDER = an_item(
    handle="order",
    kind="ordering",
    stem="In what order do the steps come?",
    options=tuple(
        FrozenOption(t, t, right=False, feedback="") for t in ("A1", "B2", "C3")
    ),
    feedback="Tissue comes first.",
    sources=("S10",),
)


def rules(item, **options):
    return [finding.rule for finding in find_item_faults([item], **options)]


def with_choice(text, place=1, **fields):
    options = list(SOUND.options)
    options[place] = replace(options[place], text=text, **fields)
    return replace(SOUND, options=tuple(options))


@pytest.mark.parametrize("item", [SOUND, ORDER], ids=lambda item: item.handle)
def test_a_sound_question_has_no_flaw(item):
    assert find_item_faults([item]) == []


def test_every_kind_has_its_rules():
    for kind in kinds.NAMES:
        assert isinstance(find_item_faults([replace(SOUND, kind=kind)]), list)


@pytest.mark.parametrize(
    ("rule", "item"),
    [
        ("item-1", with_choice("Choosing a clinic soon", right=True)),
        ("item-2", replace(SOUND, stem="Before any treatment comes")),
        ("item-3", with_choice("All of the above ones")),
        ("item-3", with_choice("None of these at all")),
        ("item-4", replace(SOUND, stem="What is NOT a step?")),
        ("item-4", replace(SOUND, stem="What helps, except rest?")),
        ("item-4", replace(SOUND, stem="Which of these is not a step?")),
        ("item-5", with_choice("Finding out with a doctor what the cause is", 0)),
        ("item-6", with_choice("It always grows back")),
        ("item-6", with_choice("It never grows back")),
        ("item-6", with_choice("It usually grows back")),
        ("item-7", with_choice("A treatment of the cause", 0)),
        ("item-9", with_choice("Finding out the cause!")),
        ("item-9", with_choice("Waiting for more loss a year", 1)),
        ("item-13", replace(SOUND, options=SOUND.options[:2])),
        ("item-13", replace(SOUND, kind="true_false")),
        ("item-14", replace(SOUND, stem="Would you choose this?")),
        ("item-16", with_choice("Choosing a clinic soon", feedback="")),
        ("item-16", with_choice("Choosing a clinic soon", feedback="Causes differ.")),
        ("item-16", with_choice("Choosing a clinic", feedback="Obviously wrong.")),
        ("item-16", with_choice("Choosing a clinic", feedback="Yes. It is so.")),
        ("item-16", with_choice("Choosing a clinic", feedback="“No”, it is not.")),
        ("item-16", with_choice("Choosing a clinic", feedback="Well done!")),
        ("item-16", replace(ORDER, feedback="Right: tissue comes first.")),
        ("item-16", replace(ORDER, feedback="")),
        ("item-17", replace(SOUND, sources=())),
    ],
)
def test_a_flaw_is_found(rule, item):
    assert rule in rules(item)


@pytest.mark.parametrize(
    "reason", ["No study shows it.", "Right hands heal too.", "Yesterday is over."]
)
def test_feedback_may_begin_with_a_word_that_only_looks_like_a_verdict(reason):
    assert rules(with_choice("Choosing a clinic", feedback=reason)) == []


def test_a_quoted_not_is_no_negative_stem():
    stem = "A friend says “it is NOT surgery”. What is a fair reply?"
    assert rules(replace(SOUND, stem=stem)) == []


def test_a_true_or_false_statement_need_not_be_a_question():
    options = SOUND.options[:2]
    statement = replace(SOUND, kind="true_false", stem="It heals.", options=options)
    assert rules(statement) == []


def test_length_and_clues_are_asked_of_single_choice_only():
    item = with_choice("Any treatment of the cause that a doctor has found out", 0)
    assert rules(item) == ["item-5", "item-7"]
    assert rules(replace(item, kind="multiple_response")) == []


def test_words_of_the_subject_are_no_clue():
    item = with_choice("The treatment's cause", 0)
    assert rules(item) == ["item-7"]
    assert rules(item, subject=frozenset({"treatments"})) == []


def test_a_stem_that_holds_anothers_answer_is_found():
    other = replace(SOUND, handle="other", stem="Who helps with finding out the cause?")
    assert find_item_faults([SOUND, other])[-1] == Finding(
        "sound", "item-11", "The stem of “other” contains the right answer."
    )


def test_the_same_question_twice_is_found():
    again = replace(SOUND, handle="again")
    assert [
        f.handle for f in find_item_faults([SOUND, again]) if f.rule == "item-11"
    ] == ["again"]


def a_typed(kind, stem, *options, **fields):
    item = an_item(
        "typed", kind, stem, options, feedback="Hair grows slowly.", sources=("S1",)
    )
    return replace(item, **fields)


def an_option(text, match=""):
    return FrozenOption(f"{text} {match}", text, right=False, feedback="", match=match)


PAIRS = [an_option("Skin", "Outside"), an_option("Bone", "Inside")]
THREE_PAIRS = [*PAIRS, an_option("Scalp", "Outside")]


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        (a_typed("numeric", "How many months?", an_option("3")), []),
        (a_typed("numeric", "How long?", an_option("3"), unit="months"), []),
        (a_typed("numeric", "How long does it take?", an_option("3")), ["item-18"]),
        (a_typed("short_text", "What grows it?", an_option("A hair follicle")), []),
        (
            a_typed("short_text", "What is it?", an_option("The part that grows it")),
            ["item-19"],
        ),
        (a_typed("matching", "Where are they?", *THREE_PAIRS), []),
        (
            a_typed(
                "matching",
                "Where are they?",
                *PAIRS,
                an_option("Tooth", "In the mouth"),
            ),
            ["item-20"],
        ),
        (a_typed("matching", "Where are they?", *PAIRS), ["item-13", "item-20"]),
        (
            a_typed(
                "matching", "Where are they?", *PAIRS, an_option("skin", "Outside")
            ),
            ["item-9"],
        ),
    ],
)
def test_what_is_typed_or_matched_has_rules_of_its_own(item, expected):
    assert rules(item) == expected

"""What a lesson's text should be: each rule fails on what breaks it, and only then."""

import datetime as dt
from dataclasses import replace

import pytest

from course.rules.claims import Claim
from course.rules.lesson_rules import (
    ComparedOption,
    LessonText,
    Part,
    find_lesson_faults,
    reading_of,
)

TODAY = dt.date(2026, 11, 23)
PLAIN = "Ask what will be put into your scalp. "
SOUND = LessonText(
    language="en",
    main_message="Ask first.",
    opening=("Ask first.",),
    parts=tuple(
        Part(f"Part {n}", (PLAIN * 8,), cites=True, is_prose=True) for n in range(9)
    ),
    faq=(),
    own=(),
    slots=frozenset({"unknowns", "next_steps"}),
    terms={"scalp": "Scalp"},
    explained=frozenset({"scalp"}),
    options=(ComparedOption("None", "It is free of harm.", "Hair goes on thinning."),),
)


def rules_broken(lesson, next_check=TODAY):
    found = find_lesson_faults(lesson, next_check=next_check, today=TODAY)
    return {finding.rule for finding in found}


def with_part(*paragraphs, cites=True):
    part = Part("New", paragraphs, cites=cites, is_prose=True)
    return replace(SOUND, parts=(*SOUND.parts, part))


def test_a_sound_lesson_breaks_nothing():
    assert rules_broken(SOUND) == set()


@pytest.mark.parametrize(
    ("lesson", "rule"),
    [
        (replace(SOUND, main_message=" "), "missing"),
        (replace(SOUND, slots=frozenset({"unknowns"})), "missing"),
        (replace(SOUND, parts=SOUND.parts[:2]), "length"),
        (with_part(*[PLAIN * 4] * 5), "length"),
        (with_part(PLAIN * 11), "length"),
        (with_part("word " * 26), "sentence"),
        (with_part("It fell by 40%."), "number"),
        (with_part("It is 3 times as likely."), "number"),
        (with_part("Not cited.", cites=False), "source"),
        (replace(SOUND, own=("It cures it.",)), "promise"),
        (
            replace(SOUND, claims=(Claim("A gain [S1]."),), kinds={"S1": "trial"}),
            "evidence",
        ),
        (replace(SOUND, explained=frozenset()), "term"),
        (
            replace(SOUND, options=(ComparedOption("X", "good " * 7, "bad bad"),)),
            "balance",
        ),
        (
            with_part(
                *["Institutional organisational considerations materialise."] * 30
            ),
            "grade",
        ),
    ],
)
def test_what_breaks_a_rule_is_named(lesson, rule):
    assert rule in rules_broken(lesson)


def test_a_share_of_a_whole_is_a_number_with_its_denominator():
    assert rules_broken(with_part("It fell by 40%, 4 out of 10 people.")) == set()


def test_a_check_that_is_past_is_told():
    assert rules_broken(SOUND, TODAY - dt.timedelta(days=1)) == {"review"}


def test_other_languages_get_lix_and_no_grade():
    german = reading_of("Das Gewebe wächst sehr langsam. Niemand weiß warum.", "de")
    assert (german.grade, german.smog, german.hardest) == (None, None, ())
    assert german.lix > 0
    assert "grade" not in rules_broken(
        replace(with_part(*["Unverhältnismäßigkeitsprinzip."] * 30), language="de")
    )

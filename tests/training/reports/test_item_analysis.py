"""Questions are judged by first tries, without themselves, and not of too few people."""

import math
import statistics

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.models import Attempt
from quizzes.rules.groups import FEWEST
from tests.factories import a_course, lessons_of
from tests.quizzes.answering import answer_all
from tests.training.reading import column, csv_rows, page_rows
from tests.training.staff import a_member, a_team, a_trainer, an_assignment
from training.reports.rules.item_analysis import (
    Pattern,
    analyse_items,
    correlation_of,
)


def a_pattern(*verdicts, people=1):
    """Return the marks of questions a, b, c …: r right, w wrong, ? not sure."""
    keys = {verdict: set() for verdict in "rw?"}
    for key, verdict in zip("abcdef", verdicts, strict=False):
        keys[verdict].add(key)
    return Pattern(*(frozenset(keys[verdict]) for verdict in "rw?"), people=people)


# Twelve people and three questions, worked out by hand in docs/training/reports.md.
BY_HAND = [
    a_pattern(*"rrr", people=4),
    a_pattern(*"rrw", people=2),
    a_pattern(*"rww", people=1),
    a_pattern(*"wrw", people=2),
    a_pattern(*"w?w", people=3),
]


def test_facility_and_not_sure_are_shares_of_all_who_were_asked():
    items = analyse_items(BY_HAND, {})
    assert items["a"].people == 12
    assert items["a"].facility == pytest.approx(7 / 12)
    assert items["b"].facility == pytest.approx(8 / 12)
    assert items["c"].facility == pytest.approx(4 / 12)
    assert items["b"].not_sure == pytest.approx(3 / 12)
    assert items["a"].not_sure == 0


def test_discrimination_leaves_the_question_itself_out():
    # a: x is 1 for 7 of 12; the rest (b and c) is 1, 1/2, 0, 1/2, 0 of 2.
    # Σx = 7, Σr = 4 + 1 + 0 + 1 + 0 = 6, Σxr = 5, Σr² = 4 + 1/2 + 0 + 1/2 + 0 = 5.
    # C = 5 - 7·6/12 = 1.5; V(x) = 7 - 49/12 = 35/12; V(r) = 5 - 36/12 = 2.
    by_hand = 100 * 1.5 / math.sqrt(35 / 12 * 2)
    assert analyse_items(BY_HAND, {})["a"].discrimination == pytest.approx(by_hand)
    assert by_hand == pytest.approx(62.1, abs=0.05)


def test_chosen_options_are_shares_of_all_who_were_asked():
    items = analyse_items(BY_HAND, {"a": {"x": 3, "y": 9}})
    assert items["a"].chosen == {"x": 0.25, "y": 0.75}


def test_discrimination_is_undefined_where_all_did_alike_or_there_is_no_rest():
    assert analyse_items([a_pattern(*"rr", people=20)], {})["a"].discrimination is None
    alone = [a_pattern("r", people=10), a_pattern("w", people=10)]
    assert analyse_items(alone, {})["a"].discrimination is None


def test_a_question_that_only_the_weak_get_right_has_a_negative_index():
    upside_down = [a_pattern(*"wrr", people=10), a_pattern(*"rww", people=10)]
    assert analyse_items(upside_down, {})["a"].discrimination == pytest.approx(-100)


def test_nothing_is_told_of_fewer_than_ten_people():
    assert analyse_items([a_pattern(*"rw", people=FEWEST - 1)], {}) == {
        "a": None,
        "b": None,
    }
    assert analyse_items([a_pattern(*"rw", people=FEWEST)], {})["a"].people == FEWEST


def test_people_who_were_asked_more_questions_are_compared_by_share():
    grown = [
        a_pattern(*"rr", people=5),
        a_pattern(*"ww", people=5),
        a_pattern(*"rrrr", people=5),
        a_pattern(*"wwww", people=5),
    ]
    assert analyse_items(grown, {})["a"].discrimination == pytest.approx(100)


patterns = st.lists(
    st.builds(
        lambda verdicts, people: a_pattern(*verdicts, people=people),
        st.text("rw?", min_size=1, max_size=5),
        st.integers(1, 30),
    ),
    max_size=12,
)


@given(patterns)
def test_figures_stay_within_their_bounds(found):
    for item in analyse_items(found, {}).values():
        if item:
            assert item.people >= FEWEST
            assert 0 <= item.facility + item.not_sure <= 1
            assert item.discrimination is None or -100 <= item.discrimination <= 100


@given(patterns)
def test_counting_people_one_by_one_or_by_pattern_is_the_same(found):
    one_by_one = [
        Pattern(each.right, each.wrong, each.not_sure)
        for each in found
        for _person in range(each.people)
    ]
    first, second = analyse_items(found, {}), analyse_items(one_by_one, {})
    assert first.keys() == second.keys()
    for key, item in first.items():
        assert (item is None) == (second[key] is None)
        if item:
            assert item.facility == pytest.approx(second[key].facility)
            assert item.discrimination == pytest.approx(second[key].discrimination)


values = st.integers(0, 5)


@given(st.lists(st.tuples(values, values), min_size=2, max_size=30))
def test_the_correlation_is_that_of_the_standard_library(points):
    found = correlation_of({point: points.count(point) for point in set(points)})
    xs, ys = zip(*points, strict=True)
    if len(set(xs)) == 1 or len(set(ys)) == 1:
        assert found is None
    else:
        assert found == pytest.approx(100 * statistics.correlation(xs, ys))


@pytest.fixture
def lesson(db):
    return lessons_of(a_course(lessons=1, questions=2))[0]


@pytest.fixture
def team(lesson):
    team = a_team()
    an_assignment(lesson.get_parent().specific, team)
    return team


def members(team, count):
    return [a_member(team) for _person in range(count)]


def test_the_report_is_of_first_tries_in_ones_own_teams(client, lesson, team):
    people = members(team, 10)
    for number, learner in enumerate(people):
        answer_all(lesson, learner, "Right", "Wrong" if number < 4 else "Right")
        answer_all(lesson, learner, "Wrong", "Wrong", again=True)
    for learner in members(a_team("Others"), 10):
        answer_all(lesson, learner, "Also wrong", None)
    client.force_login(a_trainer(team))
    rows = csv_rows(client, "items")
    assert column(rows, "People") == ["10", "10"]
    assert column(rows, "Facility") == ["100%", "60%"]
    assert column(rows, "Discrimination") == ["undefined", "undefined"]
    assert column(rows, "Not sure") == ["0%", "0%"]
    assert column(rows, "Wrong options chosen")[1] == "40%: Wrong; 0%: Also wrong"
    assert column(page_rows(client, "items"), "Facility") == ["100%", "60%"]


def test_the_report_hides_what_fewer_than_ten_people_did(client, lesson, team):
    for learner in members(team, 9):
        answer_all(lesson, learner, "Right", None)
    client.force_login(a_trainer(team))
    rows = csv_rows(client, "items")
    assert column(rows, "People") == ["fewer than 10"] * 2
    assert column(rows, "Facility") == ["", ""]
    assert column(rows, "Wrong options chosen") == ["", ""]


def test_what_patients_answer_is_left_out(client, lesson, team):
    for learner in members(team, 10):
        answer_all(lesson, learner, "Right", "Right")
    for _patient in range(3):
        answer_all(lesson, None, "Wrong", "Wrong")
    assert Attempt.objects.filter(learner__user=None).count() == 3
    client.force_login(a_trainer(team))
    assert column(csv_rows(client, "items"), "People") == ["10", "10"]


def test_a_lesson_that_nobody_seen_was_asked_to_learn_is_not_found(client, team):
    elsewhere = lessons_of(a_course())[0]
    client.force_login(a_trainer(team))
    answer = client.get(
        "/admin/training/reports/items/", {"lesson": str(elsewhere.translation_key)}
    )
    assert answer.status_code == 404

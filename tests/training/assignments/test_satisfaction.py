"""What counts for an assignment is more than that the lesson page says “done”."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from quizzes.rules.paper import FrozenPaper, FrozenQuestion
from training.assignments.rules.satisfaction import (
    CountedAttempt,
    Learning,
    LessonLearning,
    Requirement,
    find_satisfaction,
    lessons_done,
)

START = dt.datetime(2026, 3, 1, tzinfo=dt.UTC)


def day(number):
    return START + dt.timedelta(days=number)


def a_paper(count=4, pass_share=50):
    questions = tuple(
        FrozenQuestion(str(n), f"q{n}", "true_false", "?", False, "", (), "#a", ())
        for n in range(count)
    )
    return FrozenPaper("lesson", "en", "A lesson", pass_share, questions)


def a_try(number, at, right, *, signed_in=True):
    paper = a_paper()
    return CountedAttempt(number, at, signed_in, paper, paper, [str(n) for n in right])


def done(requirement, *lessons, opens_at=START, live=("a",)):
    learning = [Learning(n, {"a": lesson}) for n, lesson in enumerate(lessons, 1)]
    found = find_satisfaction(requirement, learning, live, opens_at)
    return found and found[0]


def passed(at, *tries):
    return LessonLearning(passed_at=at, tries=tries)


def test_a_lesson_passed_in_time_counts():
    lesson = passed(day(2), a_try(1, day(2), [0, 1]))
    assert done(Requirement(), lesson) == day(2)


def test_nothing_done_does_not_count():
    assert done(Requirement(), LessonLearning()) is None
    assert find_satisfaction(Requirement(), [], ["a"], START) is None


def test_a_course_without_live_lessons_is_never_done():
    assert done(Requirement(), passed(day(1)), live=()) is None


def test_what_was_done_before_counts_only_where_that_is_said():
    lesson = passed(day(-3), a_try(1, day(-3), [0, 1]))
    assert done(Requirement(), lesson) is None
    assert done(Requirement(prior_counts=True), lesson) == day(-3)


def test_who_did_it_before_can_do_it_again_and_both_tries_stand_alone():
    again = a_try(2, day(4), [2, 3])
    assert done(
        Requirement(), passed(day(-3), a_try(1, day(-3), [0, 1]), again)
    ) == day(4)


def test_a_pass_whose_attempts_are_deleted_does_not_renew_itself():
    lesson = passed(day(-3))
    assert done(Requirement(prior_counts=True), lesson) == day(-3)
    assert done(Requirement(), lesson) is None
    assert lessons_done(Requirement(), [Learning(1, {"a": lesson})], ["a"], START) == (
        set()
    )
    assert done(Requirement(), passed(day(2))) == day(2)


def test_what_was_done_without_signing_in_counts_only_where_that_is_said():
    lesson = passed(day(1), a_try(1, day(1), [0, 1], signed_in=False))
    assert done(Requirement(), lesson) is None
    assert done(Requirement(anonymous_counts=True), lesson) == day(1)


def test_a_lesson_read_without_signing_in_counts_only_where_that_is_said():
    read = LessonLearning(read_at=day(1), read_signed_in=False)
    assert done(Requirement(), read) is None
    assert done(Requirement(anonymous_counts=True), read) == day(1)
    assert done(Requirement(), LessonLearning(read_at=day(1))) == day(1)


def test_the_pass_mark_of_the_assignment_may_ask_for_more_than_the_lesson():
    first, second = a_try(1, day(1), [0, 1]), a_try(2, day(2), [2])
    lesson = passed(day(1), first, second)
    assert done(Requirement(pass_mark=75), lesson) == day(2)
    assert done(Requirement(pass_mark=100), lesson) is None


def test_attempts_beyond_those_that_count_teach_but_do_not_count():
    tries = [a_try(n, day(n), [n - 1]) for n in (1, 2, 3)]
    assert done(Requirement(attempts_counted=2), passed(day(2), *tries)) == day(2)
    assert done(Requirement(attempts_counted=1), passed(day(2), *tries)) is None


def test_a_pass_by_a_kinder_rule_than_todays_still_counts():
    assert done(Requirement(), passed(day(1), a_try(1, day(1), [0]))) == day(1)


def test_the_first_enrolment_that_does_it_is_named():
    learning = [
        Learning(7, {"a": passed(day(9), a_try(2, day(9), [0, 1]))}),
        Learning(5, {"a": passed(day(3), a_try(1, day(3), [0, 1]))}),
    ]
    assert find_satisfaction(Requirement(), learning, ["a"], START) == (day(3), 5)


def test_half_of_it_may_have_been_done_before():
    learning = Learning(
        1,
        {
            "a": passed(day(-2), a_try(1, day(-2), [0, 1])),
            "b": passed(day(5), a_try(1, day(5), [0, 1])),
        },
    )
    assert find_satisfaction(Requirement(), [learning], ["a", "b"], START) == (
        day(5),
        1,
    )


def test_a_lesson_taken_offline_is_not_asked_for():
    wanted = Requirement(lesson_keys=("a", "gone"))
    lesson = passed(day(2), a_try(1, day(2), [0, 1]))
    assert done(wanted, lesson) == day(2)
    assert done(Requirement(lesson_keys=("gone",)), lesson) is None


requirements = st.builds(
    Requirement,
    pass_mark=st.none() | st.integers(1, 100),
    attempts_counted=st.none() | st.integers(1, 4),
    prior_counts=st.booleans(),
    anonymous_counts=st.booleans(),
)
tries = st.lists(
    st.builds(
        a_try,
        st.just(1),
        st.integers(-5, 5).map(day),
        st.sets(st.integers(0, 3)),
        signed_in=st.booleans(),
    ),
    max_size=5,
).map(lambda found: tuple(sorted(found, key=lambda attempt: attempt.at)))


@given(requirements)
def test_a_requirement_survives_being_stored(requirement):
    assert Requirement.from_json(requirement.as_json()) == requirement


@given(requirements, tries)
def test_a_kinder_policy_never_takes_away_what_was_done(requirement, found):
    lesson = LessonLearning(tries=found)
    kind = Requirement(prior_counts=True, anonymous_counts=True)
    if done(requirement, lesson):
        assert done(kind, lesson)


@given(requirements, tries)
def test_nothing_counts_before_it_opened_unless_that_is_said(requirement, found):
    moment = done(requirement, LessonLearning(tries=found))
    assert moment is None or requirement.prior_counts or moment >= START


def test_requirements_list_their_lessons_alike():
    assert Requirement(lesson_keys=("a", "b")).as_json()["lesson_keys"] == ["a", "b"]


@given(requirements, tries, tries)
def test_all_lessons_are_done_exactly_when_it_is_satisfied(requirement, one, other):
    learning = [
        Learning(1, {"a": LessonLearning(tries=one), "b": LessonLearning(tries=other)})
    ]
    live = ("a", "b")
    found = lessons_done(requirement, learning, live, START)
    assert (found == set(live)) == bool(
        find_satisfaction(requirement, learning, live, START)
    )


def test_half_of_the_lessons_done_counts_and_of_the_enrolment_that_got_furthest():
    a, b = passed(day(1), a_try(1, day(1), [0, 1])), LessonLearning()
    learning = [Learning(1, {"a": b}), Learning(2, {"a": a, "b": b})]
    assert lessons_done(Requirement(), learning, ("a", "b"), START) == {"a"}


def test_what_was_done_as_a_whole_too_early_counts_as_nothing_so_far():
    early = passed(day(-9), a_try(1, day(-9), [0, 1]))
    learning = [Learning(1, {"a": early})]
    assert lessons_done(Requirement(), learning, ("a",), START) == set()
